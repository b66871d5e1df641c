//! References in a circle, by Tarjan's algorithm: two nodes are in one strongly connected component if each reaches the other by
//! children and references.

use super::graph::Edges;
use super::tree::Tree;

/// The component of each node, and the nodes in an order in which what a component refers to comes first.
pub(super) struct Components {
    of: Vec<usize>,
    pub(super) order: Vec<usize>,
}

/// The state of Tarjan's algorithm, with a stack of its own instead of recursion.
struct Search {
    next: usize,
    index: Vec<usize>,
    low: Vec<usize>,
    pending: Vec<usize>,
    found: Components,
}

const NONE: usize = usize::MAX;

impl Components {
    pub(super) fn of(tree: &Tree<'_>, edges: &Edges) -> Self {
        let size = tree.len();
        let mut search = Search {
            next: 0,
            index: vec![NONE; size],
            low: vec![NONE; size],
            pending: Vec::new(),
            found: Self { of: vec![NONE; size], order: Vec::with_capacity(size) },
        };
        search.run(&successors(tree, edges));
        search.found
    }

    /// Whether a reference between two nodes is part of a circle.
    pub(super) fn is_circle(&self, from: usize, to: usize) -> bool {
        get(&self.of, from) == get(&self.of, to)
    }
}

/// For each node, its children and what it refers to.
fn successors(tree: &Tree<'_>, edges: &Edges) -> Vec<Vec<usize>> {
    let mut each: Vec<Vec<usize>> =
        (0..tree.len()).map(|at| edges.from(at).iter().map(|edge| edge.target).collect()).collect();
    for (at, node) in tree.iter().enumerate().skip(1) {
        if let Some(children) = each.get_mut(node.parent) {
            children.push(at);
        }
    }
    each
}

impl Search {
    /// From the root every node is reached.
    fn run(&mut self, successors: &[Vec<usize>]) {
        let mut path: Vec<(usize, usize)> = Vec::new();
        self.enter(0, &mut path);
        while let Some((node, at)) = path.last_mut() {
            let node = *node;
            let next = successors.get(node).and_then(|each| each.get(*at)).copied();
            *at += 1;
            match next {
                Some(next) if get(&self.index, next) == NONE => self.enter(next, &mut path),
                Some(next) if get(&self.found.of, next) == NONE => {
                    self.lower(node, get(&self.index, next))
                }
                Some(_) => {}
                None => {
                    path.pop();
                    self.leave(node);
                    if let Some((parent, _)) = path.last() {
                        self.lower(*parent, get(&self.low, node));
                    }
                }
            }
        }
    }

    fn enter(&mut self, node: usize, path: &mut Vec<(usize, usize)>) {
        set(&mut self.index, node, self.next);
        set(&mut self.low, node, self.next);
        self.next += 1;
        self.pending.push(node);
        path.push((node, 0));
    }

    fn lower(&mut self, node: usize, low: usize) {
        let lowest = get(&self.low, node).min(low);
        set(&mut self.low, node, lowest);
    }

    /// Closes the component of `node` if it is the first of its component. In a component children come before their parent.
    fn leave(&mut self, node: usize) {
        if get(&self.low, node) != get(&self.index, node) {
            return;
        }
        let start = self.found.order.len();
        while let Some(member) = self.pending.pop() {
            set(&mut self.found.of, member, node);
            self.found.order.push(member);
            if member == node {
                break;
            }
        }
        if let Some(members) = self.found.order.get_mut(start..) {
            members.sort_unstable_by(|one, other| other.cmp(one));
        }
    }
}

fn get(list: &[usize], at: usize) -> usize {
    list.get(at).copied().unwrap_or(NONE)
}

fn set(list: &mut [usize], at: usize, value: usize) {
    if let Some(place) = list.get_mut(at) {
        *place = value;
    }
}
