# en: What a property points to belongs to its range.
# zh: 属性所指者属于该属性的值域。
# rule: prp-rng

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { ?value a ?class . }
WHERE {
  ?property rdfs:range ?class .
  ?node ?property ?value .
  FILTER(!isLiteral(?value))
}
