/-- A stack machine runs what the compiler of a small language makes. -/
inductive Expr where
  | const : Nat → Expr
  | add : Expr → Expr → Expr

inductive Instr where
  | push : Nat → Instr
  | add : Instr

def eval : Expr → Nat
  | .const n => n
  | .add a b => eval a + eval b

def swap : Expr → Expr
  | .const n => .const n
  | .add a b => .add (swap b) (swap a)

theorem eval_swap (e : Expr) : eval (swap e) = eval e := by
  sorry
