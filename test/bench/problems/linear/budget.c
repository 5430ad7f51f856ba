int main() {
  int money = 1000, food = 0, rent = 0, fun = 0, saved = 0, day = 0;
  while (day < 30) {
    if (unknown() && money >= 20) { food = food + 20; money = money - 20; }
    if (day % 7 == 0 && money >= 100) { rent = rent + 100; money = money - 100; }
    else if (unknown() && money >= 10) { if (unknown()) { fun = fun + 10; } else { saved = saved + 10; } money = money - 10; }
    day = day + 1;
  }
  assert(money + food + rent + fun + saved == 1000);
  assert(money >= 0);
}
