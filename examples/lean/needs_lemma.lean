def revOnto : List α → List α → List α
  | [], acc => acc
  | x :: xs, acc => revOnto xs (x :: acc)

theorem revOnto_append (xs ys : List α) : revOnto xs ys = xs.reverse ++ ys := by
  sorry
