# en: What is a subproperty of a subproperty is a subproperty.
# zh: 子属性的子属性仍是子属性。
# rule: scm-spo

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { ?narrow rdfs:subPropertyOf ?wide . }
WHERE {
  ?narrow rdfs:subPropertyOf ?middle .
  ?middle rdfs:subPropertyOf ?wide .
}
