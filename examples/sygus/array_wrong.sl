; One element too many is promised.
(set-logic ALIA)
(synth-inv inv ((a (Array Int Int)) (i Int) (n Int)))
(define-fun pre ((a (Array Int Int)) (i Int) (n Int)) Bool (= i 0))
(define-fun trans ((a (Array Int Int)) (i Int) (n Int) (a! (Array Int Int)) (i! Int) (n! Int)) Bool
  (and (< i n) (= a! (store a i 1)) (= i! (+ i 1)) (= n! n)))
(define-fun post ((a (Array Int Int)) (i Int) (n Int)) Bool
  (=> (not (< i n)) (forall ((k Int)) (=> (and (<= 0 k) (<= k n)) (= (select a k) 1)))))
(inv-constraint inv pre trans post)
(check-synth)
