// Both precisions in one program.
#include "learn_xor.h"

int main() {
  const bool right_in_float = report("float", in_float::learn_xor(), false);
  const bool right_in_double = report("double", in_double::learn_xor(), true);
  return right_in_float && right_in_double ? 0 : 1;
}
