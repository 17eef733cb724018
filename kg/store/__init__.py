"""Keep the graph in Oxigraph, in memory or on disk: plans go in, a store to be queried comes out, whole or changed in part."""

from kg.store.changing import Change, change, share_file
from kg.store.loading import fill, load, write_store
from kg.store.opening import is_store, open_store, store_folder

__all__ = ["Change", "change", "fill", "is_store", "load", "open_store", "share_file", "store_folder", "write_store"]
