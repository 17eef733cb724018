# en: What points to a node points to what is the same.
# zh: 指向某节点者同样指向与之相同的节点。
# rule: eq-rep-o

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { ?node ?property ?other . }
WHERE {
  ?one owl:sameAs ?other .
  ?node ?property ?one .
  FILTER(?property != owl:sameAs)
}
