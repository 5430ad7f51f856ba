theorem length_append_comm (xs ys : List α) : (xs ++ ys).length = (ys ++ xs).length := by
  sorry
