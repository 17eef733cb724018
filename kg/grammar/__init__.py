"""The small languages of the genre, text in and values out: names of bodies, duty clauses, dates, numbers and headings."""
