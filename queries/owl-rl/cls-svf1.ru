# en: What has a value of the class that a restriction asks for belongs to the restriction.
# zh: 具有约束所要求类别的值者属于该约束。
# rule: cls-svf1

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { ?node a ?restriction . }
WHERE {
  ?restriction owl:someValuesFrom ?class ; owl:onProperty ?property .
  ?value a ?class .
  ?node ?property ?value .
}
