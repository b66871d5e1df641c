//! How much is drawn once every reference is followed. `use`, patterns, masks, markers and filters draw another element once more,
//! so a few kilobytes can ask for billions of elements, or for an endless drawing.
//!
//! References in a circle are removed. What is left has an end, and its size is added up from there.

use std::collections::HashMap;

use super::circles::Components;
use super::elements::Role;
use super::report::Report;
use super::tree::{Node, Place, Tree};
use crate::Error;

/// A step of a filter works on every pixel of a region.
const FILTER_STEP: u64 = 20;
/// The shortest command of a path has about so many bytes.
const BYTES_PER_VERTEX: u64 = 4;

/// Removes references in a circle, then checks the size.
pub(super) fn bound(
    tree: &mut Tree<'_>,
    max_drawn: usize,
    report: &mut Report,
) -> Result<(), Error> {
    let edges = Edges::of(tree);
    if edges.0.is_empty() {
        let drawn: u64 = tree.iter().map(|node| Size::own(node).drawn).sum();
        return within(drawn, max_drawn);
    }
    let components = Components::of(tree, &edges);
    cut(tree, &edges, &components, report);
    within(Sizes::of(tree).add_up(tree, &edges, &components), max_drawn)
}

const fn within(drawn: u64, max_drawn: usize) -> Result<(), Error> {
    if drawn > max_drawn as u64 { Err(Error::SvgExpansion) } else { Ok(()) }
}

/// How often a reference draws its target.
#[derive(Clone, Copy)]
enum Times {
    Once,
    /// Fills, strokes and the markers of ends are inherited by every shape.
    PerShape,
    /// Markers of the middle are drawn at every vertex.
    PerVertex,
}

impl Times {
    fn of(attribute: &str) -> Self {
        match attribute {
            "fill" | "stroke" | "marker-start" | "marker-end" => Self::PerShape,
            "marker" | "marker-mid" => Self::PerVertex,
            _ => Self::Once,
        }
    }
}

/// A reference: the place of its attribute, and the node that it draws.
#[derive(Clone, Copy)]
pub(super) struct Edge {
    attribute: usize,
    pub(super) target: usize,
    times: Times,
    is_use: bool,
}

/// The references of each node that has some.
pub(super) struct Edges(HashMap<usize, Vec<Edge>>);

impl Edges {
    fn of(tree: &Tree<'_>) -> Self {
        let mut ids = HashMap::new();
        for (at, node) in tree.iter().enumerate() {
            if let Some(id) = node.element().and_then(|element| element.attribute("id")) {
                // Of two elements with one id, browsers take the first.
                ids.entry(id).or_insert(at);
            }
        }
        let mut edges: HashMap<usize, Vec<Edge>> = HashMap::new();
        for (at, node) in tree.iter().enumerate() {
            let Some(element) = node.element() else { continue };
            let is_use = element.kind.name == "use";
            for (attribute, one) in element.attributes.iter().enumerate() {
                let times = Times::of(one.name);
                for target in element.drawn_by(one).filter_map(|id| ids.get(id).copied()) {
                    let is_use = is_use && one.name.ends_with("href");
                    edges.entry(at).or_default().push(Edge { attribute, target, times, is_use });
                }
            }
        }
        Self(edges)
    }

    pub(super) fn from(&self, node: usize) -> &[Edge] {
        self.0.get(&node).map_or(&[], Vec::as_slice)
    }
}

/// Removes each attribute with a reference in a circle.
fn cut(tree: &mut Tree<'_>, edges: &Edges, components: &Components, report: &mut Report) {
    for (at, node) in tree.iter_mut().enumerate() {
        let Some(element) = node.element_mut() else { continue };
        let cut: Vec<usize> = edges
            .from(at)
            .iter()
            .filter(|edge| components.is_circle(at, edge.target))
            .map(|edge| edge.attribute)
            .collect();
        if cut.is_empty() {
            continue;
        }
        let (mut place, name) = (0, element.kind.name);
        element.attributes.retain(|attribute| {
            let is_cut = cut.contains(&place);
            place += 1;
            match (is_cut, attribute.place) {
                (false, _) => return true,
                (true, Place::Attribute) => report.attribute(name, attribute.name),
                (true, Place::Style) => report.property(name, attribute.name),
            }
            false
        });
    }
}

/// What is drawn for a node and everything in it.
#[derive(Clone, Copy)]
struct Size {
    /// Elements, with all that references draw.
    drawn: u64,
    /// Elements that can have a fill, with those that `use` repeats.
    shapes: u64,
    /// Places of a marker.
    vertices: u64,
}

impl Size {
    /// Of an element alone.
    fn own(node: &Node<'_>) -> Self {
        let Some(element) = node.element() else {
            return Self { drawn: 0, shapes: 0, vertices: 0 };
        };
        let data = element.attribute("d").or_else(|| element.attribute("points"));
        let drawn = match element.kind.role {
            Role::FilterStep => FILTER_STEP,
            // A gradient is one thing, however many colours it has.
            _ => u64::from(element.kind.name != "stop"),
        };
        let vertices = 1 + data.map_or(0, str::len) as u64 / BYTES_PER_VERTEX;
        Self { drawn, shapes: 1, vertices }
    }

    const fn add(&mut self, other: Self) {
        self.drawn = self.drawn.saturating_add(other.drawn);
        self.shapes = self.shapes.saturating_add(other.shapes);
        self.vertices = self.vertices.saturating_add(other.vertices);
    }

    /// Adds what a reference draws. Numbers that are too large stay at the largest.
    const fn follow(&mut self, edge: Edge, target: Self) {
        let times = match edge.times {
            Times::Once => 1,
            Times::PerShape => self.shapes,
            Times::PerVertex => self.vertices,
        };
        if edge.is_use {
            self.shapes = self.shapes.saturating_add(target.shapes);
            self.vertices = self.vertices.saturating_add(target.vertices);
        }
        self.drawn = self.drawn.saturating_add(target.drawn.saturating_mul(times));
    }
}

struct Sizes(Vec<Size>);

impl Sizes {
    fn of(tree: &Tree<'_>) -> Self {
        Self(tree.iter().map(Size::own).collect())
    }

    /// How many elements the root draws. Each node comes after its children and after what it refers to.
    fn add_up(mut self, tree: &Tree<'_>, edges: &Edges, components: &Components) -> u64 {
        for at in components.order.iter().copied() {
            let Some(mut size) = self.0.get(at).copied() else { continue };
            let kept = |edge: &&Edge| !components.is_circle(at, edge.target);
            // A `use` first, so that its own fill counts for what it repeats.
            let uses = edges.from(at).iter().filter(|edge| edge.is_use);
            for edge in uses.chain(edges.from(at).iter().filter(|edge| !edge.is_use)).filter(kept) {
                if let Some(target) = self.0.get(edge.target) {
                    size.follow(*edge, *target);
                }
            }
            if let Some(place) = self.0.get_mut(at) {
                *place = size;
            }
            let parent = tree.get(at).map_or(0, |node| node.parent);
            if let Some(above) = self.0.get_mut(parent).filter(|_| at != 0) {
                above.add(size);
            }
        }
        self.0.first().map_or(0, |size| size.drawn)
    }
}
