# en: A member of a class belongs to its superclasses.
# zh: 类的成员属于其上位类。
# rule: cax-sco

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { ?node a ?wide . }
WHERE {
  ?narrow rdfs:subClassOf ?wide .
  ?node a ?narrow .
}
