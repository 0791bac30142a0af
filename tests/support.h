// What the tests of the library share: matrices of random numbers, comparisons that NaN cannot pass, messages of
// errors.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "tinymlp/error.h"
#include "tinymlp/matrix.h"
#include "tinymlp/random.h"

TINYMLP_BEGIN

using Real = long double;  // what references are computed in

constexpr Real epsilon = static_cast<Real>(std::numeric_limits<Scalar>::epsilon());

/// A matrix on the host, row-major.
struct Matrix {
  std::vector<Scalar> values;
  Index rows, cols;
  /// Zeros.
  Matrix(Index r, Index c) : values(static_cast<std::size_t>(r * c)), rows(r), cols(c) {}
  /// Uniform numbers in (-1, 1), others for each `stream`.
  Matrix(Index r, Index c, std::uint32_t stream) : Matrix(r, c) {
    Random random(11, Purpose::check, stream);
    for (Scalar& value : values) value = static_cast<Scalar>(random.uniform(-1, 1));
  }
  Scalar& at(Index i, Index j) { return values[static_cast<std::size_t>(i * cols + j)]; }
  Real at(Index i, Index j) const { return static_cast<Real>(values[static_cast<std::size_t>(i * cols + j)]); }
  Scalar* data() { return values.data(); }
  MatrixView view() { return {values.data(), rows, cols}; }
  operator ConstMatrixView() const { return {values.data(), rows, cols}; }
};

/// Whether `got` is `expected` up to an absolute and a relative error. NaN is near nothing.
inline testing::AssertionResult near(Real got, Real expected, Real absolute, Real relative) {
  const Real error = std::abs(got - expected), allowed = absolute + relative * std::abs(expected);
  if (got == expected || error <= allowed) return testing::AssertionSuccess();
  return testing::AssertionFailure() << static_cast<double>(got) << " instead of " << static_cast<double>(expected)
                                     << ", an error of " << static_cast<double>(error) << " where "
                                     << static_cast<double>(allowed) << " is allowed";
}

/// The message of the E, exactly that class, that `act` throws; a failure and no text if it does not.
template <class E>
std::string message_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const std::exception& error) {
    EXPECT_EQ(typeid(error), typeid(E)) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

/// Expects that `act` throws an E with `part` in its message.
template <class E>
void expect_error(const std::string& part, const std::function<void()>& act) {
  const std::string message = message_of<E>(act);
  EXPECT_NE(message.find(part), std::string::npos) << "\"" << message << "\" lacks \"" << part << "\"";
}

TINYMLP_END
