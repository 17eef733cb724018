# en: What a property says, its superproperties say too.
# zh: 属性所述，其上位属性亦述。
# rule: prp-spo1

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT { ?node ?wide ?value . }
WHERE {
  ?narrow rdfs:subPropertyOf ?wide .
  ?node ?narrow ?value .
}
