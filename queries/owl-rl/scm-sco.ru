# en: What is a subclass of a subclass is a subclass.
# zh: 子类的子类仍是子类。
# rule: scm-sco

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { ?narrow rdfs:subClassOf ?wide . }
WHERE {
  ?narrow rdfs:subClassOf ?middle .
  ?middle rdfs:subClassOf ?wide .
}
