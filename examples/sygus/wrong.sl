; No invariant exists: x leaves the bound.
(set-logic LIA)
(synth-inv inv ((x Int)))
(define-fun pre ((x Int)) Bool (= x 0))
(define-fun trans ((x Int) (x! Int)) Bool (= x! (+ x 3)))
(define-fun post ((x Int)) Bool (<= x 20))
(inv-constraint inv pre trans post)
(check-synth)
