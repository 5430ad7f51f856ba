/-- Appending is not commutative: nothing can prove this. -/
theorem append_comm (xs ys : List Nat) : xs ++ ys = ys ++ xs := by
  sorry
