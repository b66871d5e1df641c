/// Receives each member of the outermost object while the guard reads it, so that a caller that needs a few members
/// does not have to parse the text again.
pub trait Members<'a> {
    /// False if the members are not needed: the compiler then removes the calls.
    const WANTED: bool = true;

    /// Called when a member begins. `name`: its name, unescaped.
    fn name(&mut self, name: &[u8]);

    /// Called when the member ends. `json`: the text of its value, which the guard has checked.
    fn value(&mut self, json: &'a str);
}

impl Members<'_> for () {
    const WANTED: bool = false;

    fn name(&mut self, _name: &[u8]) {}

    fn value(&mut self, _json: &str) {}
}
