/* The working copy that `build.py serve` shows, as a folder that the editor can be given.

The editor keeps a site in a folder of the browser (File System API) where it is told to use no host. It is given this
one instead, which reads and writes the files of the preview through its server: nobody signs in or chooses a folder,
and any browser will do. A file that changed since the editor read it is not written over. */
"use strict";

(() => {
  const FILES = "/.serve/files", FILE = "/.serve/file/";
  const KIND = "application/x-evidence-source";
  const known = new Map(); // the digest of each file as it was last read or written here
  const written = new Map(); // its text then
  const missing = (path) => new DOMException(`${path} is not there`, "NotFoundError");
  const address = (path) => FILE + path.split("/").map(encodeURIComponent).join("/");

  /** All files at once, for a walk through the folders; what was told of a file is good for one reading. */
  let told = new Map();
  const walked = async () => {
    const {files} = await (await fetch(FILES, {cache: "no-store"})).json();
    told = new Map(Object.entries(files));
    return [...told.keys()];
  };

  const took = (path, tag, text) => {
    known.set(path, tag);
    written.set(path, text);
    return new File([text], path.split("/").pop());
  };
  const read = async (path) => {
    const [digest, text] = told.get(path) ?? [];
    told.delete(path);
    if (digest) return took(path, `"${digest}"`, text);
    const answer = await fetch(address(path), {cache: "no-store"});
    if (!answer.ok) throw missing(path);
    return took(path, answer.headers.get("ETag"), new TextDecoder("utf-8", {ignoreBOM: true}).decode(await answer.arrayBuffer()));
  };

  /** A text with the blank lines at both ends and the line ends of the one that it takes the place of. */
  const asBefore = (text, before) => {
    if (before === undefined || !text.trim()) return text;
    const [, above, , below] = before.match(/^(\s*)([^]*?)(\s*)$/);
    const made = above + text.trim() + below;
    return before.includes("\r\n") ? made.replace(/\r?\n/g, "\r\n") : made;
  };

  const send = async (path, method, body) => {
    const headers = {"Content-Type": KIND};
    if (known.has(path)) headers["If-Match"] = known.get(path);
    else headers["If-None-Match"] = "*";
    const answer = await fetch(address(path), {method, headers, body});
    if (!answer.ok) throw new Error(await answer.text());
    return answer;
  };

  const write = async (path, given) => {
    const text = asBefore(typeof given === "string" ? given : await given.text(), written.get(path));
    const answer = await send(path, "PUT", text);
    known.set(path, answer.headers.get("ETag"));
    written.set(path, text);
  };

  const remove = async (path) => {
    if (!known.has(path)) await read(path);
    await send(path, "DELETE");
    known.delete(path);
    written.delete(path);
  };

  class Entry {
    constructor(path) {
      this.path = path;
      this.name = path.split("/").pop();
    }
    async requestPermission() {
      return "granted";
    }
    async queryPermission() {
      return "granted";
    }
  }

  /* What is written goes to the file when all of it is there. A name that begins with a point is that of a file on its
  way to another: it is kept here until it is given its own. */
  class SourceFile extends Entry {
    kind = "file";
    async getFile() {
      return this.held === undefined ? read(this.path) : new File([this.held], this.name);
    }
    async createWritable() {
      const parts = [];
      return {
        write: async (part) => void parts.push(typeof part === "string" ? part : await part.text()),
        close: async () => {
          if (this.name.startsWith(".")) this.held = parts.join("");
          else await write(this.path, parts.join(""));
        },
      };
    }
    async move(folder, name) {
      const path = folder.path ? `${folder.path}/${name}` : name;
      const from = this.held === undefined ? this.path : "";
      await write(path, this.held ?? (await this.getFile()));
      if (from) await remove(from);
      this.held = undefined;
      this.path = path;
      this.name = name;
    }
  }

  class SourceFolder extends Entry {
    kind = "directory";
    below(name) {
      return this.path ? `${this.path}/${name}` : name;
    }
    async *entries() {
      const start = this.path ? `${this.path}/` : "";
      const names = new Map();
      for (const path of await this.files())
        if (path.startsWith(start)) {
          const [name, ...more] = path.slice(start.length).split("/");
          names.set(name, more.length > 0);
        }
      for (const [name, isFolder] of names) {
        const entry = new (isFolder ? SourceFolder : SourceFile)(this.below(name));
        entry.list = this.list;
        yield [name, entry];
      }
    }
    /** The files of the copy, asked for once for a walk through all folders. */
    files() {
      if (!this.path) this.list = walked();
      return this.list ?? walked();
    }
    async getDirectoryHandle(name) {
      return new SourceFolder(this.below(name));
    }
    async getFileHandle(name, {create = false} = {}) {
      const path = this.below(name);
      if (!create) await read(path);
      return new SourceFile(path);
    }
    async removeEntry(name) {
      if (!name.startsWith(".")) await remove(this.below(name)).catch((error) => {
        if (error.name !== "NotFoundError") throw error;
      });
    }
  }

  /* The editor knows a folder of the browser's own for sites that are tried out, and asks nobody to choose it */
  navigator.storage.getDirectory = async () => ({
    getDirectoryHandle: async () => new SourceFolder(""),
    removeEntry: async () => {},
  });
  localStorage.setItem("sveltia-cms.user", JSON.stringify({backendName: "test-repo"}));
})();
