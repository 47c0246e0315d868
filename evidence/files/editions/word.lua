-- What pandoc makes of an edition for Word: footnotes, the kinds of paragraphs, small words in tables.

local PARAGRAPHS = {
  wordmark = "Wordmark", kicker = "Kicker", answer = "Answer", clocks = "Clock", overdue = "Clock",
  ["imprint-lines"] = "Imprint", contents = "Contents", how = "Imprint", caption = "Table Title",
  ["table-notes"] = "Table Notes", ["below-table"] = "Table Notes", ["figure-title"] = "Figure Title",
  ["figure-subtitle"] = "Figure Words", ["figure-conventions"] = "Figure Notes", ["figure-note"] = "Figure Notes",
  ["figure-source"] = "Figure Notes", ["picture-caption"] = "Figure Words", ["picture-credit"] = "Figure Notes", ["claim-brief-shown"] = "Apparatus", listed = "Apparatus",
}
-- What stands on a line of its own.
local LINES = { ["finding-note"] = "Small", ["caption-note"] = "Small" }
local WORDS = { ["reference-meta"] = "Muted", read = "Muted", ["clock-name"] = "Muted" }

local function break_page()
  return pandoc.RawBlock("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
end

function Span(span)
  if span.classes:includes("footnote") then
    return pandoc.Note({ pandoc.Para(span.content) })
  end
  for class, style in pairs(LINES) do
    if span.classes:includes(class) then
      span.attributes["custom-style"] = style
      return { pandoc.LineBreak(), span }
    end
  end
  for class, style in pairs(WORDS) do
    if span.classes:includes(class) then
      span.attributes["custom-style"] = style
    end
  end
  return span
end

function Link(link)
  if link.classes:includes("mark") then
    link.content = { pandoc.Superscript(link.content) }
  end
  return link
end

-- A cell that begins with a small line has no empty one before it.
function Plain(words)
  while words.content[1] and (words.content[1].t == "LineBreak" or words.content[1].t == "Space") do
    words.content:remove(1)
  end
  return words
end

-- What stands in a list is text, not the small words of a table.
local function as_text(items)
  return items:map(function(blocks)
    return blocks:map(function(block)
      return block.t == "Plain" and pandoc.Para(block.content) or block
    end)
  end)
end

function BulletList(list)
  return pandoc.BulletList(as_text(list.content))
end

function OrderedList(list)
  return pandoc.OrderedList(as_text(list.content), list.listAttributes)
end

-- The name of a group of rows.
function Table(rows)
  for _, body in ipairs(rows.bodies) do
    for _, row in ipairs(body.head) do
      for _, cell in ipairs(row.cells) do
        cell.contents = cell.contents:map(function(block)
          return block.t == "Plain" and pandoc.Plain({ pandoc.Strong(block.content) }) or block
        end)
      end
    end
  end
  return rows
end

-- A picture comes in its address, which Word would say in place of its words.
function Image(picture)
  local kind, raw = pandoc.mediabag.fetch(picture.src)
  picture.src = picture.identifier .. ".png"
  pandoc.mediabag.insert(picture.src, kind, raw)
  return picture
end

function Div(part)
  for class, style in pairs(PARAGRAPHS) do
    if part.classes:includes(class) then
      part.attributes["custom-style"] = style
    end
  end
  if part.classes:includes("contents") or part.classes:includes("cover") then
    part.content:insert(break_page())
  end
  return part
end
