// Elementwise work: write the formula once, for one number; the device runs it over whole arrays.
//   struct Scale {
//     static std::string name() { return "mine.scale"; }
//     template <class T> TINYMLP_HD T operator()(T x) const { return T(factor) * x; }
//     Scalar factor;
//   };
//   map(device, Scale{2}, {y}, {x}, size);
// T is a number, a SIMD register of them, or what one CUDA thread works on. A formula of your own runs on the CPU as
// the plain loop below; the built-in ones have a SIMD kernel there, found by the name. A name must be used only once.
#pragma once
#include <array>
#include <atomic>
#include <string>
#include <type_traits>

#include "tinymlp/device.h"

TINYMLP_BEGIN

/// One call, its types erased: what a kernel receives. Arrays have `size` elements; an output may also be an input.
struct MapCall {
  const void* op;
  std::array<Scalar*, 3> outputs;
  std::array<const Scalar*, 4> inputs;
  Index size;
  Scalar* sum;  // overwritten with the total of what the formula adds up; null if it adds nothing
};
using MapKernel = void (*)(const MapCall&, void* stream);

/// What a device knows of a formula; one for each type of formula.
struct MapOp {
  std::string name;                        // the key in each device's table of kernels
  std::size_t bytes;                       // sizeof the formula: notices a kernel built from another version of it
  MapKernel loop;                          // the plain loop, for a CPU whose table lacks the name
  mutable std::atomic<MapKernel> found{};  // what the CPU's table answered at first use
};

/// The table of kernels: which device runs which formula by which function.
void add_kernel(std::string_view device, const std::string& op, std::size_t bytes, MapKernel kernel);
/// Null where there is none. Throws Error if the kernel was built for a formula of another size.
MapKernel find_kernel(std::string_view device, const MapOp& op);

// What a formula may return beside a plain T:
template <class T>
struct Two {  // two outputs
  T first, second;
};
template <class T>
struct Three {  // three outputs
  T first, second, third;
};
template <class T>
struct Summed {  // one output, and a number that is added up over all elements
  T output, added;
};
template <class T>
struct Added {  // no output, only a number that is added up
  T added;
};

template <class T, class Store, class Add>
TINYMLP_HD void put(const T& y, Store store, Add) {
  store(0, y);
}
template <class T, class Store, class Add>
TINYMLP_HD void put(const Two<T>& y, Store store, Add) {
  store(0, y.first);
  store(1, y.second);
}
template <class T, class Store, class Add>
TINYMLP_HD void put(const Three<T>& y, Store store, Add) {
  store(0, y.first);
  store(1, y.second);
  store(2, y.third);
}
template <class T, class Store, class Add>
TINYMLP_HD void put(const Summed<T>& y, Store store, Add add) {
  store(0, y.output);
  add(y.added);
}
template <class T, class Store, class Add>
TINYMLP_HD void put(const Added<T>& y, Store, Add add) {
  add(y.added);
}

/// One element, or one SIMD register of them: load as many inputs as the formula takes, call it, store or add up.
template <class Op, class Load, class Store, class Add>
TINYMLP_HD void apply(const Op& op, Load load, Store store, Add add) {
  if constexpr (std::is_invocable_v<Op, Scalar>)
    put(op(load(0)), store, add);
  else if constexpr (std::is_invocable_v<Op, Scalar, Scalar>)
    put(op(load(0), load(1)), store, add);
  else if constexpr (std::is_invocable_v<Op, Scalar, Scalar, Scalar>)
    put(op(load(0), load(1), load(2)), store, add);
  else
    put(op(load(0), load(1), load(2), load(3)), store, add);
}

/// The plain loop over one number at a time.
template <class Op>
void map_loop(const MapCall& call, void*) {
  const Op& op = *static_cast<const Op*>(call.op);
  Scalar total = 0;
  for (Index i = 0; i < call.size; ++i)
    apply(
        op, [&](std::size_t k) { return call.inputs[k][i]; }, [&](std::size_t k, Scalar y) { call.outputs[k][i] = y; },
        [&](Scalar added) { total += added; });
  if (call.sum) *call.sum = total;
}

/// Runs `op` over `size` elements of the arrays, all on `device`. Throws Error on a GPU that has no kernel for it.
template <class Op>
void map(Device& device, const Op& op, std::array<Scalar*, 3> outputs, std::array<const Scalar*, 4> inputs, Index size,
         Scalar* sum = nullptr) {
  static_assert(std::is_trivially_copyable_v<Op>, "a formula is copied to the device byte by byte");
  static const MapOp kind{Op::name(), sizeof(Op), &map_loop<Op>, {}};
  // Pointer by pointer: to copy an array just written, 16 or 32 bytes at a time, would wait for each of the writes.
  device.map(kind,
             {&op, {outputs[0], outputs[1], outputs[2]}, {inputs[0], inputs[1], inputs[2], inputs[3]}, size, sum});
}

TINYMLP_END
