// One precision: that of the library that this is linked to.
#include "learn_xor.h"

int main() {
#ifdef TINYMLP_DOUBLE
  return report("double", in_double::learn_xor(), true) ? 0 : 1;
#else
  return report("float", in_float::learn_xor(), false) ? 0 : 1;
#endif
}
