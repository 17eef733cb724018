# en: What is the same as the same is the same.
# zh: 相同关系可传递。
# rule: eq-trans

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { ?one owl:sameAs ?third . }
WHERE {
  ?one owl:sameAs ?other .
  ?other owl:sameAs ?third .
  FILTER(?one != ?third)
}
