# en: Equivalent properties are subproperties of each other.
# zh: 等价属性互为子属性。
# rule: scm-eqp

PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { ?one rdfs:subPropertyOf ?other . ?other rdfs:subPropertyOf ?one . }
WHERE {
  ?one owl:equivalentProperty ?other .
}
