# en: What is said of a node is said of what is the same.
# zh: 对某节点的陈述同样适用于与之相同的节点。
# rule: eq-rep-s

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { ?other ?property ?value . }
WHERE {
  ?one owl:sameAs ?other .
  ?one ?property ?value .
  FILTER(?property != owl:sameAs)
}
