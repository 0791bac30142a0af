// Formulas that the trainer runs over a network's whole state: a copy, and a check for what is not finite.
#pragma once
#include "tinymlp/map.h"

TINYMLP_BEGIN

struct Copy {  // y = x
  static std::string name() { return "copy"; }
  template <class T>
  TINYMLP_HD T operator()(T x) const {
    return x;
  }
};

struct FiniteCheck {  // adds 0 for a finite x, NaN for any other
  static std::string name() { return "finite-check"; }
  template <class T>
  TINYMLP_HD Added<T> operator()(T x) const {
    return {x - x};  // NOLINT(misc-redundant-expression): NaN for NaN and for infinities
  }
};

TINYMLP_END
