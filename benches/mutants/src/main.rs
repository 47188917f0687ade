//! Writes the changes that `cargo mutants --list --json` names into a copy of the program, each behind a switch, so that
//! one build tries all of them: the change 17 is made where `DEPOSITARY_MUTANT` is 17.
//!
//! Input is that list on standard input and, as arguments, the folder of the copy and the numbers of changes to leave
//! out, as they do not compile. Output is a line for each change: its number, whether it was written, its name. A
//! change is not written in a constant function, where nothing can be asked, nor if it takes a field out of a value.

use proc_macro2::LineColumn;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::ops::Range;
use std::path::Path;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// What the copy asks at each place.
const SWITCH: &str = r#"
#[allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]
pub mod mutant {
    static CHOSEN: std::sync::OnceLock<usize> = std::sync::OnceLock::new();

    pub fn is(number: usize) -> bool {
        *CHOSEN.get_or_init(|| std::env::var("DEPOSITARY_MUTANT").map_or(0, |number| number.parse().unwrap())) == number
    }
}
"#;

#[derive(Deserialize)]
struct Mutant {
    file: String,
    name: String,
    genre: String,
    replacement: String,
    span: BTreeMap<String, BTreeMap<String, usize>>,
    #[serde(skip)]
    number: usize,
}

/// A part of a file that is written in another way: `range` as it is, or, for each change, with `cut` replaced.
struct Site {
    range: Range<usize>,
    form: Form,
    changes: Vec<Change>,
}

/// How the changes of a site are chosen.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// An expression, whole: `if is(1) { changed } else { as it was }`.
    Expression,
    /// The body of a function, which returns early.
    Body,
    /// The body of a function whose iterator has a hidden type.
    Iterator,
    /// A match arm that is not taken: its guard, or where that would stand.
    Arm { has_guard: bool },
}

struct Change {
    number: usize,
    cut: Range<usize>,
    replacement: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let root = arguments.next().ok_or("the folder of the copy is missing")?;
    let left_out: BTreeSet<usize> = arguments.map(|number| number.parse()).collect::<Result<_, _>>()?;
    let mut by_file: BTreeMap<String, Vec<Mutant>> = BTreeMap::new();
    let mutants: Vec<Mutant> = serde_json::from_reader(std::io::stdin())?;
    for (index, mutant) in mutants.into_iter().enumerate() {
        let mutant = Mutant { number: index + 1, ..mutant };
        by_file.entry(mutant.file.clone()).or_default().push(mutant);
    }
    for (file, mutants) in by_file {
        let path = Path::new(&root).join(file);
        let text = std::fs::read_to_string(&path)?;
        let mutants: Vec<&Mutant> = mutants.iter().filter(|mutant| !left_out.contains(&mutant.number)).collect();
        std::fs::write(&path, rewrite(&text, &mutants)?)?;
    }
    let library = Path::new(&root).join("src/lib.rs");
    Ok(std::fs::write(&library, std::fs::read_to_string(&library)? + SWITCH)?)
}

fn rewrite(text: &str, mutants: &[&Mutant]) -> Result<String, Box<dyn Error>> {
    let mut finder = Finder { mutants, is_placed: BTreeSet::new(), sites: Vec::new(), chain: None };
    finder.visit_file(&syn::parse_file(text)?);
    for mutant in mutants {
        let told = if finder.is_placed.contains(&mutant.number) { "written" } else { "not written" };
        println!("{}\t{told}\t{}", mutant.number, mutant.name);
    }
    let mut sites = finder.sites;
    sites.sort_by_key(|site| (site.range.start, site.form != Form::Body, std::cmp::Reverse(site.range.end)));
    Ok(render(text, 0..text.len(), &sites))
}

/// `range` of the text, with the sites in it written as theirs. Sites are in order, and lie apart or in each other.
fn render(text: &str, range: Range<usize>, sites: &[Site]) -> String {
    let (mut written, mut at) = (String::new(), range.start);
    for (index, site) in sites.iter().enumerate() {
        if site.range.start >= at && site.range.end <= range.end {
            written += &text[at..site.range.start];
            written += &render_site(text, site, &sites[index + 1..]);
            at = site.range.end;
        }
    }
    written + &text[at..range.end]
}

fn render_site(text: &str, site: &Site, inner: &[Site]) -> String {
    let plain = render(text, site.range.clone(), inner);
    let is = |change: &Change| format!("crate::mutant::is({})", change.number);
    let changed = |change: &Change| {
        let before = render(text, site.range.start..change.cut.start, inner);
        let behind = render(text, change.cut.end..site.range.end, inner);
        format!("/*<{n}*/{before}{}{behind}/*{n}>*/", change.replacement, n = change.number)
    };
    let changes = site.changes.iter();
    match site.form {
        Form::Expression => {
            let branches: String = changes.map(|one| format!("if {} {{ {} }} else ", is(one), changed(one))).collect();
            format!("({branches}{{ {plain} }})")
        }
        Form::Body => changes.map(|one| format!(" if {} {{ return {}; }}", is(one), changed(one))).collect(),
        Form::Iterator => changes.fold(plain, |body, one| {
            let (is, changed) = (is(one), changed(one));
            format!(
                "(if {is} {{ Some({changed}) }} else {{ None }}).into_iter().flatten()\
                 .chain((if {is} {{ None }} else {{ Some({{ {body} }}) }}).into_iter().flatten())"
            )
        }),
        Form::Arm { has_guard } => {
            let guards: Vec<String> = changes.map(|one| format!("!{}", is(one))).collect();
            if has_guard {
                format!("{} && ({plain})", guards.join(" && "))
            } else {
                format!(" if {}", guards.join(" && "))
            }
        }
    }
}

/// Finds where each change belongs.
struct Finder<'a> {
    mutants: &'a [&'a Mutant],
    is_placed: BTreeSet<usize>,
    sites: Vec<Site>,
    /// The whole of the operators that stand side by side around what is visited.
    chain: Option<Range<usize>>,
}

impl Finder<'_> {
    /// Adds to the site at `range` the changes of a genre that begin at `place`, each of which replaces `cut`.
    fn add(&mut self, genre: &str, place: LineColumn, range: Range<usize>, form: Form, cut: Range<usize>) {
        let is_here = |mutant: &&&Mutant| {
            let start = &mutant.span["start"];
            mutant.genre == genre && (start["line"], start["column"]) == (place.line, place.column + 1)
        };
        for mutant in self.mutants.iter().filter(is_here) {
            self.is_placed.insert(mutant.number);
            let change = Change { number: mutant.number, cut: cut.clone(), replacement: mutant.replacement.clone() };
            match self.sites.iter_mut().find(|site| site.range == range && site.form == form) {
                Some(site) => site.changes.push(change),
                None => self.sites.push(Site { range: range.clone(), form, changes: vec![change] }),
            }
        }
    }

    fn function(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let (Some(first), Some(last), None) = (block.stmts.first(), block.stmts.last(), signature.constness) else {
            return;
        };
        let whole = first.span().byte_range().start..last.span().byte_range().end;
        let place = first.span().start();
        match &signature.output {
            syn::ReturnType::Type(_, kind) if matches!(**kind, syn::Type::ImplTrait(_)) => {
                self.add("FnValue", place, whole.clone(), Form::Iterator, whole);
            }
            _ => self.add("FnValue", place, whole.start..whole.start, Form::Body, whole.start..whole.start),
        }
    }

    /// Visits what stands in an expression, as the beginning of operators of its own.
    fn apart(&mut self, visit: impl FnOnce(&mut Self)) {
        let chain = self.chain.take();
        visit(self);
        self.chain = chain;
    }
}

/// Whether a condition of `&&` binds a pattern, so that it has to stay one.
fn binds(condition: &syn::Expr) -> bool {
    match condition {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(both) => binds(&both.left) || binds(&both.right),
        _ => false,
    }
}

fn range(part: &impl Spanned) -> Range<usize> {
    part.span().byte_range()
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_expr(&mut self, expression: &'ast syn::Expr) {
        let syn::Expr::Binary(binary) = expression else {
            return self.apart(|finder| visit::visit_expr(finder, expression));
        };
        if binds(expression) {
            return self.apart(|finder| visit::visit_expr_binary(finder, binary));
        }
        let outer = self.chain.clone();
        let whole = self.chain.get_or_insert(range(binary)).clone();
        self.add("BinaryOperator", binary.op.span().start(), whole, Form::Expression, range(&binary.op));
        visit::visit_expr_binary(self, binary);
        self.chain = outer;
    }

    fn visit_expr_unary(&mut self, unary: &'ast syn::ExprUnary) {
        self.add("UnaryOperator", unary.op.span().start(), range(unary), Form::Expression, range(&unary.op));
        visit::visit_expr_unary(self, unary);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        let guard = arm.guard.as_ref().map(|(_, guard)| range(guard));
        let has_guard = guard.is_some();
        let end = range(&arm.pat).end;
        self.add("MatchArm", arm.span().start(), guard.unwrap_or(end..end), Form::Arm { has_guard }, end..end);
        if let Some((_, guard)) = &arm.guard {
            let whole = range(&**guard);
            self.add("MatchArmGuard", guard.span().start(), whole.clone(), Form::Expression, whole);
        }
        visit::visit_arm(self, arm);
    }
}
