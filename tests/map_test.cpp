// Tests of tinymlp/map.h: formulas of every form over arrays around the borders of the device's chunks, and the table
// of kernels.
#include "tinymlp/map.h"

#include <gtest/gtest.h>

#include <cstring>

#include "support.h"

namespace tinymlp {
namespace {

// Formulas of one to four inputs, with one to three outputs or a sum. They tell their inputs apart.
struct OneOne {
  static std::string name() { return "test.1-1"; }
  template <class T>
  T operator()(T a) const {
    return T(factor) * a;
  }
  Scalar factor;
};
struct TwoOne {
  static std::string name() { return "test.2-1"; }
  template <class T>
  T operator()(T a, T b) const {
    return a - T(2) * b;
  }
};
struct ThreeTwo {
  static std::string name() { return "test.3-2"; }
  template <class T>
  Two<T> operator()(T a, T b, T c) const {
    return {a - T(2) * b, c * b};
  }
};
struct FourThree {
  static std::string name() { return "test.4-3"; }
  template <class T>
  Three<T> operator()(T a, T b, T c, T d) const {
    return {a - d, b * c, d};
  }
};
struct TwoSummed {
  static std::string name() { return "test.2-summed"; }
  template <class T>
  Summed<T> operator()(T a, T b) const {
    return {a * b, a - b};
  }
};
struct OneAdded {
  static std::string name() { return "test.1-added"; }
  template <class T>
  Added<T> operator()(T a) const {
    return {a * a};
  }
};

constexpr Index chunk = 8192;  // elements that the CPU device gives a thread at once
const std::vector<Index> sizes{0, 1, 2, 17, 100, chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 1, 5 * chunk + 77};
constexpr Scalar untouched = -77;

/// Four inputs of n numbers, three outputs of n and one more, which must stay as it is.
struct Arrays {
  explicit Arrays(Index n) : size(n) {
    for (std::uint32_t k = 0; k < 4; ++k) in.emplace_back(1, n, k);
    for (int k = 0; k < 3; ++k) {
      out.emplace_back(1, n + 1);
      std::ranges::fill(out.back().values, untouched);
    }
  }
  template <class Op>
  void run(Device& device, const Op& op, Scalar* sum = nullptr) {
    map(device, op, {out[0].data(), out[1].data(), out[2].data()},
        {in[0].data(), in[1].data(), in[2].data(), in[3].data()}, size, sum);
  }
  Scalar x(std::size_t k, Index i) const { return in[k].values[static_cast<std::size_t>(i)]; }
  /// Whether output k is expected(i), exactly, and outputs that the formula does not have are untouched.
  void expect(std::size_t k, const std::function<Scalar(Index)>& expected) const {
    for (Index i = 0; i < size; ++i)
      ASSERT_EQ(out[k].values[static_cast<std::size_t>(i)], expected(i)) << "output " << k << ", element " << i;
    ASSERT_EQ(out[k].values.back(), untouched) << "output " << k << " beyond " << size;
  }
  void expect_none(std::size_t k) const {
    for (const Scalar value : out[k].values) ASSERT_EQ(value, untouched);
  }

  Index size;
  std::vector<Matrix> in, out;
};

class Map : public testing::TestWithParam<int> {
 protected:
  std::unique_ptr<Device> device = make_cpu_device(GetParam());
};

TEST_P(Map, OneInputOneOutput) {
  for (const Index n : sizes) {
    Arrays a(n);
    a.run(*device, OneOne{3});
    a.expect(0, [&](Index i) { return 3 * a.x(0, i); });
    a.expect_none(1);
  }
}

TEST_P(Map, TwoInputsOneOutput) {
  for (const Index n : sizes) {
    Arrays a(n);
    a.run(*device, TwoOne{});
    a.expect(0, [&](Index i) { return a.x(0, i) - 2 * a.x(1, i); });
    a.expect_none(1);
  }
}

TEST_P(Map, ThreeInputsTwoOutputs) {
  for (const Index n : sizes) {
    Arrays a(n);
    a.run(*device, ThreeTwo{});
    a.expect(0, [&](Index i) { return a.x(0, i) - 2 * a.x(1, i); });
    a.expect(1, [&](Index i) { return a.x(2, i) * a.x(1, i); });
    a.expect_none(2);
  }
}

TEST_P(Map, FourInputsThreeOutputs) {
  for (const Index n : sizes) {
    Arrays a(n);
    a.run(*device, FourThree{});
    a.expect(0, [&](Index i) { return a.x(0, i) - a.x(3, i); });
    a.expect(1, [&](Index i) { return a.x(1, i) * a.x(2, i); });
    a.expect(2, [&](Index i) { return a.x(3, i); });
  }
}

TEST_P(Map, AnOutputAndASum) {
  for (const Index n : sizes) {
    Arrays a(n);
    Scalar sum = untouched;
    a.run(*device, TwoSummed{}, &sum);
    a.expect(0, [&](Index i) { return a.x(0, i) * a.x(1, i); });
    a.expect_none(1);
    Real expected = 0;
    for (Index i = 0; i < n; ++i) expected += static_cast<Real>(a.x(0, i)) - a.x(1, i);
    EXPECT_TRUE(near(sum, expected, epsilon * std::sqrt(static_cast<Real>(n)) * 100, 0)) << n;
  }
}

TEST_P(Map, ASumAlone) {
  for (const Index n : sizes) {
    Arrays a(n);
    Scalar sum = untouched;
    a.run(*device, OneAdded{}, &sum);
    Real expected = 0;
    for (Index i = 0; i < n; ++i) expected += static_cast<Real>(a.x(0, i)) * a.x(0, i);
    EXPECT_TRUE(near(sum, expected, 0, epsilon * std::sqrt(static_cast<Real>(n) + 1) * 4)) << n;
    for (const unsigned k : {0U, 1U, 2U}) a.expect_none(k);
  }
}

TEST_P(Map, ASumThatNobodyAskedForIsLeftOut) {
  Arrays a(2 * chunk + 1);
  a.run(*device, TwoSummed{});
  a.expect(0, [&](Index i) { return a.x(0, i) * a.x(1, i); });
}

TEST_P(Map, AnOutputMayBeAnInput) {
  for (const Index n : sizes) {
    Arrays a(n), same(n);
    a.run(*device, ThreeTwo{});
    map(*device, ThreeTwo{}, {same.in[0].data(), same.in[1].data()},
        {same.in[0].data(), same.in[1].data(), same.in[2].data()}, n);
    same.in[0].values.push_back(untouched);
    same.in[1].values.push_back(untouched);
    EXPECT_EQ(same.in[0].values, a.out[0].values);
    EXPECT_EQ(same.in[1].values, a.out[1].values);
  }
}

INSTANTIATE_TEST_SUITE_P(Threads, Map, testing::Values(1, 2, 3));

TEST(MapSums, AreTheSameBitsOnAnyNumberOfThreads) {
  for (const Index n : sizes) {
    std::vector<Scalar> sums;
    for (const int threads : {1, 2, 3, 1}) {
      const auto device = make_cpu_device(threads);
      Arrays a(n);
      Scalar one = 0, two = 0;
      a.run(*device, OneAdded{}, &one);
      a.run(*device, TwoSummed{}, &two);
      sums.insert(sums.end(), {one, two});
    }
    for (std::size_t i = 2; i < sums.size(); ++i)
      EXPECT_EQ(std::memcmp(&sums[i], &sums[i % 2], sizeof(Scalar)), 0) << n << " elements";
  }
}

TEST(MapSums, DoNotGrowInErrorWithTheSize) {
  // Ones are added up exactly as long as no partial sum is beyond 2^24.
  const auto device = make_cpu_device(2);
  std::vector<Scalar> ones(1000003, 1);
  Scalar sum = 0;
  map(*device, OneAdded{}, {}, {ones.data()}, 1000003, &sum);
  EXPECT_EQ(sum, 1000003);
}

// Formulas for the table: the same call, told apart by what a kernel does with it.
struct Tabled {
  static std::string name() { return "test.tabled"; }
  template <class T>
  T operator()(T a) const {
    return a;
  }
  Scalar number = 5;
};
struct Untabled : Tabled {
  static std::string name() { return "test.untabled"; }
};
struct Resized : Tabled {
  static std::string name() { return "test.resized"; }
  Scalar another = 0;
};

void thousand(const MapCall& call, void*) {
  for (Index i = 0; i < call.size; ++i)
    call.outputs[0][i] = call.inputs[0][i] + 1000 * static_cast<const Tabled*>(call.op)->number;
}

TEST(KernelTable, AKernelOfTheNameIsRunInsteadOfTheLoop) {
  const auto device = make_cpu_device(2);
  add_kernel("cpu", Tabled::name(), sizeof(Tabled), &thousand);
  for (const Index n : {Index{1}, Index{3 * chunk + 5}}) {
    Matrix x(1, n, 1), y(1, n);
    map(*device, Tabled{}, {y.data()}, {x.data()}, n);
    for (std::size_t i = 0; i < x.values.size(); ++i) ASSERT_EQ(y.values[i], x.values[i] + 5000);
  }
}

TEST(KernelTable, TheLoopRunsWhereThereIsNoKernel) {
  const auto device = make_cpu_device();
  add_kernel("another device", Untabled::name(), sizeof(Untabled), &thousand);
  Matrix x(1, 10, 1), y(1, 10);
  map(*device, Untabled{}, {y.data()}, {x.data()}, 10);
  EXPECT_EQ(y.values, x.values);
}

TEST(KernelTable, AKernelForAnotherSizeIsAnError) {
  const auto device = make_cpu_device();
  add_kernel("cpu", Resized::name(), sizeof(Tabled), &thousand);
  Matrix x(1, 10, 1), y(1, 10);
  const std::string size = std::to_string(sizeof(Tabled)), other = std::to_string(sizeof(Resized));
  const std::string message = message_of<Error>([&] { map(*device, Resized{}, {y.data()}, {x.data()}, 10); });
  EXPECT_EQ(message.find("formula \"test.resized\": its cpu kernel was built for " + size + " bytes, the program has " +
                         other),
            0U)
      << message;
  EXPECT_EQ(y.values, std::vector<Scalar>(10)) << "nothing is computed";
  EXPECT_THROW(map(*device, Resized{}, {y.data()}, {x.data()}, 10), Error) << "and the second time as well";
}

TEST(KernelTable, FindsByDeviceAndName) {
  add_kernel("here", "test.found", 8, &thousand);
  EXPECT_EQ(find_kernel("here", MapOp{"test.found", 8, nullptr, {}}), &thousand);
  EXPECT_EQ(find_kernel("there", MapOp{"test.found", 8, nullptr, {}}), nullptr);
  EXPECT_EQ(find_kernel("here", MapOp{"test.lost", 8, nullptr, {}}), nullptr);
  EXPECT_THROW(find_kernel("here", MapOp{"test.found", 4, nullptr, {}}), Error);
}

}  // namespace
}  // namespace tinymlp
