// Boxes made few and readable, and points taken out of them.
#pragma once
#include "dmn/verify/findings.hpp"
#include "dmn/verify/space.hpp"

namespace kith::dmn::verify {

/// An atom of each dimension.
using Point = std::vector<std::size_t>;

/// Joins boxes that differ in one side only, until none do. The union stays what it was, disjoint boxes stay disjoint.
void merge(std::vector<Box>& boxes);
/// Its first point; asks for a box that is not empty.
Point first_point(const Box& box);
Row row_of(const Space& space, const Box& box);
Box meet(const Box& x, const Box& y);

}  // namespace kith::dmn::verify
