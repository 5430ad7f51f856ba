def orElse' (a b : Option α) : Option α :=
  match a with
  | some x => some x
  | none => b

theorem orElse'_none (a : Option α) : orElse' a none = a := by
  sorry

theorem orElse'_assoc (a b c : Option α) : orElse' (orElse' a b) c = orElse' a (orElse' b c) :=
  sorry
