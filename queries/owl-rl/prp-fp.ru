# en: Two nodes that a functional property gives one node are the same.
# zh: 函数型属性为同一节点给出的两个节点相同。
# rule: prp-fp

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { ?one owl:sameAs ?other . }
WHERE {
  ?property a owl:FunctionalProperty .
  ?node ?property ?one , ?other .
  FILTER(?one != ?other && !isLiteral(?one) && !isLiteral(?other))
}
