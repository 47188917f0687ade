//! What the head of a page that can be cited says to machines: Highwire tags for reference managers, schema.org for
//! search engines, Signposting links for harvesters. Dublin Core said the same again to the same readers, and search
//! engines show nothing of what schema.org would say of a record: neither is worth its bytes on every page. The page of
//! data says what the archive is as a data set.
//!
//! A corporate author ends in a comma in `citation_author`: reference managers then take it for one undivided name.

use super::super::address;
use super::super::data::dataset;
use super::super::html::SafeHtml;
use super::super::site::Local;
use super::citation::Cited;
use super::frame::{self, PageAt};
use super::subject::Page;
use crate::cite::{Citable, CitableKind};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The address of the body whose documents the archive holds, for `rel=author`.
const UNITED_NATIONS: &str = "https://www.un.org/";

/// What `base.html` puts into the head.
#[derive(Serialize)]
pub(super) struct Machine {
    tags: Vec<Tag>,
    links: Vec<TypedLink>,
    data: Option<SafeHtml>,
}

/// A `<meta>`.
#[derive(Serialize)]
struct Tag {
    name: &'static str,
    content: String,
}

/// A `<link>`.
#[derive(Serialize)]
struct TypedLink {
    rel: &'static str,
    href: String,
    media: Option<&'static str>,
}

/// A page that can be cited, in a language.
struct Subject<'a> {
    local: Local<'a>,
    cited: &'a Cited,
    address: &'a str,
    page: &'a Page,
    rights: &'a str,
    site_root: &'a str,
}

/// The head of a page; `root` and `site_root` lead up from it, `rights` is its licence in words.
pub(super) fn machine(
    local: Local<'_>,
    placed: &PageAt<'_>,
    rights: &str,
    root: &str,
    site_root: &str,
) -> Option<Machine> {
    let PageAt { address, page, .. } = *placed;
    let cited = page.head.cited.as_ref()?;
    let subject = Subject { local, cited, address, page, rights, site_root };
    let graph = || json!({ "@context": "https://schema.org", "@graph": subject.graph() });
    let data = subject.is_told_to_search_engines().then(|| SafeHtml::data_block(&graph()));
    Some(Machine { tags: subject.highwire(), links: subject.links(root), data })
}

impl Subject<'_> {
    /// Records stand in their report, and of a resolution without a title there is nothing to tell.
    fn is_told_to_search_engines(&self) -> bool {
        match self.citable().kind {
            CitableKind::Record => false,
            CitableKind::Resolution => !self.citable().title.by_language.is_empty(),
            CitableKind::Report | CitableKind::State | CitableKind::Archive => true,
        }
    }

    fn citable(&self) -> &Citable {
        &self.cited.citable
    }

    fn language(&self) -> &str {
        &self.local.language.tag
    }

    fn author(&self) -> Option<String> {
        let author = self.citable().author.in_language(self.language());
        (!author.is_empty()).then(|| author.to_owned())
    }

    /// Who publishes the edition: the archive, and not the United Nations.
    fn publisher(&self) -> String {
        self.local.text(&self.citable().archive).to_owned()
    }

    fn title(&self) -> String {
        self.citable().title_in_list(self.language())
    }

    /// The permanent address, where the site knows its own.
    fn url(&self) -> Option<&str> {
        self.citable().url.as_deref()
    }

    /// The language of the text; a resolution's or State's page is in that of the interface.
    fn text_language(&self) -> &str {
        match self.citable().kind {
            CitableKind::Record | CitableKind::Report => &self.citable().language,
            CitableKind::Resolution | CitableKind::State | CitableKind::Archive => {
                &self.local.language.messages.language.html
            }
        }
    }

    fn is_document(&self) -> bool {
        !matches!(self.citable().kind, CitableKind::State | CitableKind::Archive)
    }

    /// What Zotero calls it, where it is no report.
    fn item_type(&self) -> Option<&'static str> {
        match self.citable().kind {
            CitableKind::Record | CitableKind::Report | CitableKind::Resolution => None,
            CitableKind::State => Some("webpage"),
            CitableKind::Archive => Some("dataset"),
        }
    }

    fn symbol(&self) -> Option<&str> {
        self.citable().symbol.as_deref()
    }

    fn highwire(&self) -> Vec<Tag> {
        let date = self.citable().issued().map(|moment| moment.to_edtf().replace('-', "/"));
        // Elsewhere the address is the canonical one, which those who read these tags take.
        let is_version = self.citable().pinpoint.as_ref().is_some_and(|place| place.version.is_some());
        let tags = [
            ("citation_title", Some(self.title())),
            ("citation_public_url", self.cited.opened(self.local).url.filter(|_| is_version)),
            ("citation_author", self.author().map(|author| format!("{author},"))),
            ("citation_technical_report_institution", self.is_document().then(|| self.publisher())),
            ("citation_technical_report_number", self.symbol().map(str::to_owned)),
            ("citation_publication_date", date),
            ("citation_language", Some(self.text_language().to_owned())),
            ("z:itemType", self.item_type().map(str::to_owned)),
        ];
        known(tags)
    }

    fn links(&self, root: &str) -> Vec<TypedLink> {
        let link = |rel, href: String| TypedLink { rel, href, media: None };
        let mut links: Vec<TypedLink> = self.url().map(|url| link("cite-as", url.to_owned())).into_iter().collect();
        let files = self.cited.describing(self.local).into_iter();
        let described = |path: &str| self.cited.way_to(self.local, path, self.site_root);
        links.extend(files.map(|file| TypedLink {
            rel: "describedby",
            href: described(&file.path),
            media: Some(file.media),
        }));
        let descriptions = dataset::DESCRIPTIONS.iter().filter(|_| self.citable().kind == CitableKind::Archive);
        links.extend(descriptions.map(|(path, media)| TypedLink {
            rel: "describedby",
            href: described(path),
            media: Some(media),
        }));
        links.push(link("type", format!("https://schema.org/{}", self.kind())));
        links.extend(self.is_document().then(|| link("author", UNITED_NATIONS.to_owned())));
        links.extend(self.licence().map(|address| link("license", address)));
        links.extend(self.cited.collection.iter().map(|path| link("collection", format!("{root}{path}"))));
        links.extend(self.cited.items.iter().map(|path| link("item", format!("{root}{path}"))));
        links
    }

    /// The official address of the document that the licence cites.
    fn licence(&self) -> Option<String> {
        let official = &self.local.site.input.config.official;
        let words =
            self.rights.split(|character: char| character.is_whitespace() || "()（），。,;".contains(character));
        let mut symbols = words.filter(|word| word.is_ascii() && word.matches('/').count() > 1);
        symbols.find_map(|symbol| official.address(symbol, self.language()))
    }

    fn kind(&self) -> &'static str {
        match self.citable().kind {
            CitableKind::Record => "CreativeWork",
            CitableKind::Report => "Report",
            CitableKind::Resolution => "Legislation",
            CitableKind::State => "WebPage",
            CitableKind::Archive if self.is_of_data() => "Dataset",
            CitableKind::Archive => "WebSite",
        }
    }

    fn graph(&self) -> Vec<Value> {
        let organisation = |name: String| json!({ "@type": "Organization", "name": name });
        let citable = self.citable();
        let numbered = match citable.kind {
            CitableKind::Report => "reportNumber",
            CitableKind::Resolution => "legislationIdentifier",
            CitableKind::Record | CitableKind::State | CitableKind::Archive => "alternateName",
        };
        let itself = object([
            ("@type", Some(self.kind().into())),
            ("@id", self.url().map(Value::from)),
            ("url", self.url().map(Value::from)),
            ("name", Some(self.title().into())),
            ("identifier", Some(citable.key.clone().into())),
            (numbered, self.symbol().map(Value::from)),
            ("author", self.author().map(organisation)),
            ("publisher", Some(organisation(self.publisher()))),
            ("datePublished", citable.issued().map(|moment| moment.to_edtf().into())),
            ("inLanguage", Some(self.text_language().into())),
            ("license", Some(self.licence().unwrap_or_else(|| self.rights.to_owned()).into())),
            ("isPartOf", (citable.kind != CitableKind::Archive).then(|| self.archive())),
        ]);
        if citable.kind == CitableKind::Archive {
            return vec![if self.is_of_data() { self.dataset(itself) } else { itself }];
        }
        vec![itself, self.breadcrumbs()]
    }

    /// Whether it is the page that names the data files.
    fn is_of_data(&self) -> bool {
        self.address == address::DATA
    }

    /// The archive as a data set: `itself` with what harvesters of such ask for.
    fn dataset(&self, itself: Value) -> Value {
        let site = self.local.site;
        let words = &self.local.words().data.files;
        let files = dataset::downloads(site, &|file| file.about(words), self.site_root);
        let more = json!({
            "description": self.local.text(&site.input.config.description),
            "version": site.input.editions.archive().hash(),
            "isAccessibleForFree": true,
            "license": dataset::licences(site),
            "temporalCoverage": dataset::coverage(site),
            "creator": { "@type": "Organization", "name": site.input.config.publisher() },
            "distribution": files,
        });
        let members = [itself, more].into_iter().filter_map(|value| value.as_object().cloned()).flatten();
        Value::Object(members.filter(|(_, value)| !value.is_null()).collect())
    }

    fn archive(&self) -> Value {
        object([
            ("@type", Some("WebSite".into())),
            ("name", Some(self.publisher().into())),
            ("url", self.absolute("index.html").map(Value::from)),
        ])
    }

    fn breadcrumbs(&self) -> Value {
        let nav = &self.local.words().nav;
        let above = self.page.head.trail.iter().map(|link| (link.label.as_str(), link.path.as_str()));
        let itself = (self.page.head.title.as_str(), self.address);
        let steps = [(nav.home.as_str(), "index.html")].into_iter().chain(above).chain([itself]);
        let steps = steps.enumerate().map(|(position, (name, path))| {
            object([
                ("@type", Some("ListItem".into())),
                ("position", Some((position + 1).into())),
                ("name", Some(name.into())),
                ("item", self.absolute(path).map(Value::from)),
            ])
        });
        json!({ "@type": "BreadcrumbList", "itemListElement": steps.collect::<Vec<_>>() })
    }

    /// The absolute address of a page of this language.
    fn absolute(&self, path: &str) -> Option<String> {
        frame::absolute(self.local.site, &format!("{}{path}", self.local.language.prefix))
    }
}

/// Those that have a value.
fn known<const N: usize>(tags: [(&'static str, Option<String>); N]) -> Vec<Tag> {
    tags.into_iter().filter_map(|(name, content)| Some(Tag { name, content: content? })).collect()
}

/// An object of the members that have a value.
fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(members.collect::<Map<String, Value>>())
}
