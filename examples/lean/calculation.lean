theorem square_of_sum (a b : Nat) : (a + b) * (a + b) = a * a + 2 * (a * b) + b * b := by
  calc (a + b) * (a + b) = a * (a + b) + b * (a + b) := by sorry
    _ = a * a + 2 * (a * b) + b * b := by sorry
