# en: Two nodes with one value of an inverse functional property are the same.
# zh: 反函数型属性的值相同的两个节点相同。
# rule: prp-ifp

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { ?one owl:sameAs ?other . }
WHERE {
  ?property a owl:InverseFunctionalProperty .
  ?one ?property ?value .
  ?other ?property ?value .
  FILTER(?one != ?other)
}
