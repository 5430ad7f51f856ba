inductive Tree (α : Type) where
  | leaf : Tree α
  | node : Tree α → α → Tree α → Tree α

namespace Tree

def mirror : Tree α → Tree α
  | leaf => leaf
  | node l x r => node (mirror r) x (mirror l)

def size : Tree α → Nat
  | leaf => 0
  | node l _ r => size l + 1 + size r

theorem mirror_mirror (t : Tree α) : mirror (mirror t) = t := by
  sorry

theorem size_mirror (t : Tree α) : size (mirror t) = size t := by
  sorry

end Tree
