# en: A symmetric property holds in both directions.
# zh: 对称属性双向成立。
# rule: prp-symp

PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { ?value ?property ?node . }
WHERE {
  ?property a owl:SymmetricProperty .
  ?node ?property ?value .
  FILTER(!isLiteral(?value))
}
