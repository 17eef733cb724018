# en: What a property says in one direction, its inverse says in the other.
# zh: 属性从一端所述，其逆属性从另一端同样陈述。
# rule: prp-inv

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { ?value ?second ?node . }
WHERE {
  { ?first owl:inverseOf ?second } UNION { ?second owl:inverseOf ?first }
  ?node ?first ?value .
  FILTER(!isLiteral(?value))
}
