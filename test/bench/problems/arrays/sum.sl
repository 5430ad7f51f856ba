(set-logic ALIA)
(synth-inv inv_fun ((a (Array Int Int)) (i Int) (m Int) (n Int)))
(define-fun pre_fun ((a (Array Int Int)) (i Int) (m Int) (n Int)) Bool (and (= i 1) (>= n 1) (= m (select a 0))))
(define-fun trans_fun ((a (Array Int Int)) (i Int) (m Int) (n Int) (a! (Array Int Int)) (i! Int) (m! Int) (n! Int)) Bool
  (and (< i n) (= a! a) (= i! (+ i 1)) (= n! n) (= m! (ite (> (select a i) m) (select a i) m))))
(define-fun post_fun ((a (Array Int Int)) (i Int) (m Int) (n Int)) Bool
  (=> (not (< i n)) (forall ((k Int)) (=> (and (<= 0 k) (< k n)) (<= (select a k) m)))))
(inv-constraint inv_fun pre_fun trans_fun post_fun)
(check-synth)
