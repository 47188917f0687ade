//! Drawn paths → the rules on a page.
//!
//! Input: operations on paths. Output: [`Rule`]s: strokes from left to right or top to bottom, and thin filled boxes.

use super::content::FARTHEST;
use hayro_font::kurbo::{Affine, Point, Rect};
use hayro_syntax::content::ops::TypedInstruction as Op;

/// A rule on a page, thin beside its length.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// Its ends: left or upper first.
    pub from: f64,
    /// See `from`.
    pub to: f64,
    /// The coordinate that all of it has: of a vertical rule x, of another y.
    pub at: f64,
    /// Whether it goes from top to bottom.
    pub is_vertical: bool,
}

/// Most rules of a page.
const MAX_RULES: usize = 50_000;
/// The path that is being drawn: the boxes around its straight parts.
#[derive(Default)]
pub(super) struct Path {
    parts: Vec<Vec<Point>>,
    is_curved: bool,
}

impl Path {
    /// Does an operation on the path; what it draws that is thin and straight becomes a rule.
    pub(super) fn draw(&mut self, operation: &Op<'_, '_>, transform: Affine, rules: &mut Vec<Rule>) {
        match operation {
            Op::MoveTo(to) => self.parts.push(vec![Point::new(to.0.as_f64(), to.1.as_f64())]),
            Op::LineTo(to) => {
                if let Some(part) = self.parts.last_mut() {
                    part.push(Point::new(to.0.as_f64(), to.1.as_f64()));
                }
            }
            Op::RectPath(r) => {
                let (x, y, width, height) = (r.0.as_f64(), r.1.as_f64(), r.2.as_f64(), r.3.as_f64());
                let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
                self.parts.push(corners.map(Point::from).to_vec());
            }
            Op::ClosePath(_) => self.close(),
            Op::CubicTo(_) | Op::CubicStartTo(_) | Op::CubicEndTo(_) => self.is_curved = true,
            Op::StrokePath(_) => self.stroke(transform, rules),
            Op::CloseAndStrokePath(_) => {
                self.close();
                self.stroke(transform, rules);
            }
            Op::FillPathEvenOdd(_) | Op::FillAndStrokeEvenOdd(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                self.fill(transform, true, rules);
            }
            Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeNonZero(_) => self.fill(transform, false, rules),
            Op::EndPath(_) => *self = Self::default(),
            _ => {}
        }
    }

    fn close(&mut self) {
        if let Some(part) = self.parts.last_mut()
            && let Some(first) = part.first().copied()
        {
            part.push(first);
        }
    }

    fn stroke(&mut self, transform: Affine, rules: &mut Vec<Rule>) {
        for part in std::mem::take(self).parts {
            for pair in part.windows(2) {
                if let [from, to] = pair {
                    add_rule(Rect::from_points(transform * *from, transform * *to), rules);
                }
            }
        }
    }

    /// `is_even_odd` says that what two parts have in common is not filled.
    fn fill(&mut self, transform: Affine, is_even_odd: bool, rules: &mut Vec<Rule>) {
        let Self { parts, is_curved } = std::mem::take(self);
        if is_curved {
            return;
        }
        let bounds: Vec<Rect> = parts.iter().filter_map(|part| bounds(part, transform)).collect();
        match bounds.as_slice() {
            [one, other] if is_even_odd => frame(*one, *other).into_iter().for_each(|side| add_rule(side, rules)),
            all => all.iter().for_each(|bounds| add_rule(*bounds, rules)),
        }
    }
}

fn bounds(part: &[Point], transform: Affine) -> Option<Rect> {
    let corners = part.iter().map(|corner| transform * *corner);
    corners.map(|at| Rect::from_points(at, at)).reduce(|all, one| all.union(one))
}

/// The boxes that are filled by two, of which one may be a hole in the other: the sides of a frame that are drawn.
fn frame(one: Rect, other: Rect) -> Vec<Rect> {
    let (outer, inner) = if one.area() < other.area() { (other, one) } else { (one, other) };
    let is_inside = outer.union(inner) == outer;
    // A box of no height or no width is a rule of its own.
    if !is_inside || inner.area() == 0.0 {
        return vec![one, other];
    }
    let sides = [
        Rect { y1: inner.y0, ..outer },
        Rect { y0: inner.y1, ..outer },
        Rect { x1: inner.x0, ..outer },
        Rect { x0: inner.x1, ..outer },
    ];
    sides.into_iter().filter(|side| side.area() > 0.0).collect()
}

/// Thickest rule, and shortest, in points.
const THICKEST: f64 = 3.0;
const SHORTEST: f64 = 5.0;

fn add_rule(bounds: Rect, rules: &mut Vec<Rule>) {
    let is_vertical = bounds.width() <= THICKEST && bounds.height() >= SHORTEST;
    let is_level = bounds.height() <= THICKEST && bounds.width() >= SHORTEST;
    let on_paper = [bounds.x0, bounds.x1, bounds.y0, bounds.y1].iter().all(|number| number.abs() < FARTHEST);
    if rules.len() >= MAX_RULES || is_vertical == is_level || !on_paper {
        return;
    }
    let center = bounds.center();
    rules.push(if is_vertical {
        Rule { from: bounds.y0, to: bounds.y1, at: center.x, is_vertical }
    } else {
        Rule { from: bounds.x0, to: bounds.x1, at: center.y, is_vertical }
    });
}
