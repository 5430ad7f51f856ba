(set-logic ALIA)
(synth-inv inv_fun ((a (Array Int Int)) (i Int) (n Int)))
(define-fun pre_fun ((a (Array Int Int)) (i Int) (n Int)) Bool (= i 0))
(define-fun trans_fun ((a (Array Int Int)) (i Int) (n Int) (a! (Array Int Int)) (i! Int) (n! Int)) Bool
  (and (< i n) (= a! (store a i 0)) (= i! (+ i 1)) (= n! n)))
(define-fun post_fun ((a (Array Int Int)) (i Int) (n Int)) Bool
  (=> (not (< i n)) (forall ((k Int)) (=> (and (<= 0 k) (< k n)) (= (select a k) 0)))))
(inv-constraint inv_fun pre_fun trans_fun post_fun)
(check-synth)
