; A counter and its double, SyGuS-IF 2.
(set-logic LIA)
(synth-inv inv ((x Int) (y Int) (n Int)))
(define-fun pre ((x Int) (y Int) (n Int)) Bool (and (= x 0) (= y 0) (>= n 0)))
(define-fun trans ((x Int) (y Int) (n Int) (x! Int) (y! Int) (n! Int)) Bool
  (and (< x n) (= x! (+ x 1)) (= y! (+ y 2)) (= n! n)))
(define-fun post ((x Int) (y Int) (n Int)) Bool (=> (not (< x n)) (= y (* 2 n))))
(inv-constraint inv pre trans post)
(check-synth)
