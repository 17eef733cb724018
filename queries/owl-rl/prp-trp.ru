# en: A transitive property reaches through what it points to.
# zh: 传递属性可经其所指继续延伸。
# rule: prp-trp

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { ?node ?property ?far . }
WHERE {
  ?property a owl:TransitiveProperty .
  ?node ?property ?near .
  ?near ?property ?far .
}
