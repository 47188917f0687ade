//! Rules on a page → those that make tables.
//!
//! Input: rules. Output: [`Stack`]s of level rules with the upright ones between them.

use super::edge::NEAR;
use super::rule::Rule;

/// Level rules below each other, of one width.
#[derive(Debug)]
pub(super) struct Stack {
    pub from: f32,
    pub to: f32,
    pub top: f32,
    pub bottom: f32,
    pub level: Vec<f32>,
    upright: Vec<f32>,
    pub rules: Vec<Rule>,
}

/// The stacks of a page, from top to bottom.
pub(super) fn stacks(rules: &[Rule]) -> Vec<Stack> {
    let level = merged(rules.iter().filter(|rule| !rule.is_vertical));
    let upright = merged(rules.iter().filter(|rule| rule.is_vertical));
    let near = f64::from(2.0 * NEAR);
    let mut stacks: Vec<Stack> = Vec::new();
    for rule in level {
        let (from, to, at) = (rule.from as f32, rule.to as f32, rule.at as f32);
        let fits = |stack: &&mut Stack| {
            // A rule below a cell that goes on in other columns is shorter, and ends at an upright one from above.
            let above = f64::from(stack.bottom) + near;
            let meets = |upright: &Rule| {
                upright.from < above && upright.to > rule.at - near && (upright.at - rule.to).abs() < near
            };
            let is_within = from > stack.from - 2.0 * NEAR && to < stack.to + 2.0 * NEAR;
            is_within && ((to - stack.to).abs() < 2.0 * NEAR || upright.iter().any(meets))
        };
        match stacks.last_mut().filter(fits) {
            Some(stack) => {
                stack.rules.push(rule);
                if stack.level.last().is_none_or(|last| at - last > NEAR) {
                    stack.level.push(at);
                }
                stack.bottom = at;
            }
            _ => {
                let (level, upright, rules) = (vec![at], Vec::new(), vec![rule]);
                stacks.push(Stack { from, to, top: at, bottom: at, level, upright, rules });
            }
        }
    }
    for stack in &mut stacks {
        let within = |rule: &&Rule| {
            let (x, top) = (rule.at as f32, rule.from as f32);
            x > stack.from - 2.0 * NEAR && x < stack.to + 2.0 * NEAR && top < stack.bottom && rule.to as f32 > stack.top
        };
        let inside: Vec<&Rule> = upright.iter().filter(within).collect();
        stack.bottom = inside.iter().fold(stack.bottom, |most, rule| most.max(rule.to as f32));
        stack.upright = inside.iter().map(|rule| rule.at as f32).collect();
        stack.upright.sort_by(f32::total_cmp);
        stack.upright.dedup_by(|later, earlier| *later - *earlier < 2.0 * NEAR);
        stack.rules.extend(inside);
    }
    stacks.retain(|stack| stack.level.len() > 1 || stack.upright.len() > 2);
    stacks
}

/// Rules with those that touch them in one line made one.
pub(super) fn merged<'r>(rules: impl Iterator<Item = &'r Rule>) -> Vec<Rule> {
    let near = f64::from(NEAR);
    let mut rules: Vec<Rule> = rules.copied().collect();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    // Rules of one line may differ by a hair, so that they are in order only line by line.
    let mut at = f64::NEG_INFINITY;
    for rule in &mut rules {
        if rule.at - at > near {
            at = rule.at;
        }
        rule.at = at;
    }
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut whole: Vec<Rule> = Vec::new();
    for rule in rules {
        match whole.last_mut() {
            Some(last) if (last.at - rule.at).abs() < 0.001 && rule.from <= last.to + near => {
                last.to = last.to.max(rule.to)
            }
            _ => whole.push(rule),
        }
    }
    whole
}

/// Whether upright rules stand at each of `edges` along most of the table.
pub(super) fn is_parted_by_uprights(stack: &Stack, edges: &[f32]) -> bool {
    edges.iter().skip(1).all(|edge| {
        let near = stack.rules.iter().filter(|rule| rule.is_vertical && (rule.at as f32 - edge).abs() < 2.0 * NEAR);
        let length: f64 = near.map(|rule| rule.to - rule.from).sum();
        length as f32 > 0.5 * (stack.bottom - stack.top)
    })
}

/// The columns between upright rules.
pub(super) fn columns_of(stack: &Stack) -> Vec<f32> {
    let mut edges = stack.upright.clone();
    edges.retain(|edge| *edge < stack.to - 10.0);
    if !edges.is_empty() && edges.first().is_some_and(|edge| *edge > stack.from + 10.0) {
        edges.insert(0, stack.from);
    }
    edges
}
