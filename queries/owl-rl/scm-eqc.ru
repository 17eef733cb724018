# en: Equivalent classes are subclasses of each other.
# zh: 等价类互为子类。
# rule: scm-eqc

PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { ?one rdfs:subClassOf ?other . ?other rdfs:subClassOf ?one . }
WHERE {
  ?one owl:equivalentClass ?other .
}
