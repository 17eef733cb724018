# en: Being the same holds in both directions.
# zh: 相同关系双向成立。
# rule: eq-sym

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { ?other owl:sameAs ?one . }
WHERE {
  ?one owl:sameAs ?other .
}
