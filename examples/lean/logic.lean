section
variable (p q r : Prop)

theorem distributes : p ∧ (q ∨ r) ↔ (p ∧ q) ∨ (p ∧ r) := by
  sorry

theorem not_both : ¬(p ∧ ¬p) := by sorry
end
