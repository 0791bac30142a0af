// What learn_xor.cpp offers: in_float or in_double, as its precision is.
#pragma once
#include <algorithm>
#include <cstdio>
#include <vector>

struct Learnt {
  double accuracy;                 // on the data it was trained on
  std::vector<double> parameters;  // of the trained network
};

namespace in_float {
Learnt learn_xor();
}
namespace in_double {
Learnt learn_xor();
}

/// Prints what was learnt. True if xor was, in that precision: then the parameters are floats, or are not.
inline bool report(const char* precision, const Learnt& learnt, bool in_double) {
  const bool all_floats = std::all_of(learnt.parameters.begin(), learnt.parameters.end(),
                                      [](double p) { return p == static_cast<double>(static_cast<float>(p)); });
  std::printf("%s: accuracy %.3f with %zu parameters, %s\n", precision, learnt.accuracy, learnt.parameters.size(),
              all_floats ? "all of them floats" : "finer than floats");
  return learnt.accuracy > 0.95 && learnt.parameters.size() == 33 && all_floats != in_double;
}
