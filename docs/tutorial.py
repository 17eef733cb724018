"""教程 Tutorial: from documents to answers, tables and data frames, on the bundled dataset; a notebook of marimo.

marimo edit docs/tutorial.py      in a browser
python docs/tutorial.py           runs every cell
"""

import marimo

app = marimo.App(width="medium", app_title="谁负责什么 · Who owes what")


@app.cell
def _():
    import marimo as mo

    import kg

    return kg, mo


@app.cell
def _(mo):
    mo.md(
        """
        # 谁负责什么 · Who owes what

        `kg` 读取地方政府的规划方案，给出“谁、在什么期限前、负责什么”的知识图谱，每条事实都能回到原文。
        本教程使用随软件附带的五份文件（四份方案、一份答复）。

        `kg` reads plans of local governments and gives a graph of who owes what by when, in which every fact leads back to
        the text. This tutorial works on the bundled dataset: four plans and a reply.
        """
    )
    return


@app.cell
def _(mo):
    mo.md(
        """
        ## 1. 建立并打开 · Build and open

        `kg.build` 不带来源时使用附带的数据；自己的文件、文件夹或网址写在第一个参数里。

        Without sources `kg.build` takes the bundled data; documents, folders or addresses of your own go into its first argument.
        """
    )
    return


@app.cell
def _(kg):
    from tempfile import TemporaryDirectory

    folder = TemporaryDirectory()
    graph = kg.open(kg.build(out=f"{folder.name}/out"))
    graph.documents[["title", "kind", "region", "date_issued"]]
    return folder, graph


@app.cell
def _(mo):
    mo.md(
        """
        ## 2. 提问 · Ask

        问题库里的问题直接用名字问；参数按人们平常的写法填写。

        Ask a question of the library by its name; write parameters as people do.
        """
    )
    return


@app.cell
def _(graph):
    [(question.name, question.question_zh, question.question_en) for question in graph.questions()][:5]
    return


@app.cell
def _(graph):
    ranking = graph.query("obligations-by-function").to_pandas()
    ranking.head(10)
    return (ranking,)


@app.cell
def _(graph):
    led = graph.query("tasks-of-body", body="万州区民政局", role="lead").to_pandas()
    led[["document", "number", "task", "due"]]
    return (led,)


@app.cell
def _(mo):
    mo.md(
        """
        也可以自己写 SPARQL；前缀已经声明。数字（小数）和日期都带类型。

        Or write SPARQL of your own: the prefixes are declared. Numbers and dates come with their types.
        """
    )
    return


@app.cell
def _(graph):
    by_role = graph.query(
        """
        SELECT ?role (COUNT(?duty) AS ?duties)
        WHERE { ?duty resp:task ?task ; resp:role/skos:notation ?role }
        GROUP BY ?role ORDER BY DESC(?duties)
        """
    )
    by_role.rows
    return (by_role,)


@app.cell
def _(mo):
    mo.md(
        """
        ## 3. 表格 · Tables

        每张表都是数据框：`graph.duties`、`graph.deadlines`、`graph.indicators` 等；`docs/tables.md` 说明各列含义。
        下面看每个地区各角色的责任数，以及每年到期的任务数。

        Every table is a data frame: `graph.duties`, `graph.deadlines`, `graph.indicators` …; `docs/tables.md` tells what each
        column holds. Below: duties of each region by role, and tasks that fall due in each year.
        """
    )
    return


@app.cell
def _(graph):
    regions = graph.documents.set_index("document")["region"]
    roles = (
        graph.duties.assign(region=lambda duties: duties["document"].map(regions))
        .groupby(["region", "role"])
        .size()
        .unstack(fill_value=0)
    )
    roles
    return (roles,)


@app.cell
def _(graph):
    due = graph.deadlines.dropna(subset=["year"]).groupby("year")["task"].nunique()
    due.to_frame("tasks")
    return (due,)


@app.cell
def _(mo):
    mo.md(
        """
        同一张表也可以给 polars。指标从现状到目标要变化多少：

        The same in polars: how far indicators are to move from baseline to target.
        """
    )
    return


@app.cell
def _(graph):
    import polars as pl

    values = graph.table("indicator_values", to="polars").filter(pl.col("value").is_not_null())
    baselines = values.filter(pl.col("kind") == "baseline").select("indicator", baseline="value")
    targets = values.filter(pl.col("kind") == "target").select("indicator", "period", target="value")
    growth = (
        graph.table("indicators", to="polars")
        .select("indicator", "name", "unit")
        .join(baselines, on="indicator")
        .join(targets, on="indicator")
        .with_columns(change=(pl.col("target") - pl.col("baseline")).round(4))
        .sort("name", "period")
    )
    growth
    return (growth,)


@app.cell
def _(mo):
    mo.md(
        """
        ## 4. 图 · A chart

        字符即可画条形，不需要绘图库，也可以直接贴进论文。

        Bars of characters need no plotting library, and copy into a paper as they are.
        """
    )
    return


@app.cell
def _(ranking):
    top = ranking.head(10)
    longest = int(top["duties"].max())
    chart = "\n".join(
        f"{name:　<12}{'█' * round(30 * duties / longest)} {duties}"
        for name, duties in zip(top["name"], top["duties"], strict=True)
    )
    print(chart)
    return (chart,)


@app.cell
def _(mo):
    mo.md(
        """
        ## 5. 带走 · Take it with you

        全部表格可写成一个 Excel 工作簿（第一张工作表说明各列含义）或 Parquet。

        All tables go into one Excel workbook, whose first sheet explains the columns, or into Parquet:

            kg tables -o tables.xlsx
            kg tables --format parquet -o tables
        """
    )
    return


@app.cell
def _(by_role, chart, due, folder, graph, growth, led, roles):
    shown = [len(found) for found in (by_role, chart, due, growth, led, roles)]
    graph.close()
    folder.cleanup()
    shown
    return


if __name__ == "__main__":
    app.run()
