/// Is told of each member of the outermost object while the guard reads it, so that a caller who needs a few of them
/// need not read the text again.
pub trait Members<'a> {
    /// False where nothing is to be told; the compiler then leaves the telling out.
    const WANTED: bool = true;

    /// A member begins. `name`: its name, unescaped.
    fn name(&mut self, name: &[u8]);

    /// The member ends. `json`: its value as it stands in the text; its grammar is proven.
    fn value(&mut self, json: &'a str);
}

impl Members<'_> for () {
    const WANTED: bool = false;

    fn name(&mut self, _name: &[u8]) {}

    fn value(&mut self, _json: &str) {}
}
