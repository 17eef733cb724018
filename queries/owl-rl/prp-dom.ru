# en: What has a property belongs to its domain.
# zh: 具有某属性者属于该属性的定义域。
# rule: prp-dom

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { ?node a ?class . }
WHERE {
  ?property rdfs:domain ?class .
  ?node ?property ?value .
}
