; Two phases, SyGuS-IF 1 with declared primed variables and a Boolean.
(set-logic LIA)
(synth-inv inv-f ((x Int) (up Bool)))
(declare-primed-var x Int)
(declare-primed-var up Bool)
(define-fun pre-f ((x Int) (up Bool)) Bool (and (= x 0) up))
(define-fun trans-f ((x Int) (up Bool) (x! Int) (up! Bool)) Bool
  (ite up
    (ite (< x 10) (and (= x! (+ x 1)) (= up! up)) (and (= x! x) (not up!)))
    (ite (> x -5) (and (= x! (- x 1)) (= up! up)) (and (= x! x) up!))))
(define-fun post-f ((x Int) (up Bool)) Bool (and (<= x 10) (>= x -5)))
(inv-constraint inv-f pre-f trans-f post-f)
(check-synth)
