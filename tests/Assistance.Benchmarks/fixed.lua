-- Reads one address. Arguments: token, path.
local line
function init(args)
  line = wrk.format("GET", args[2], { ["Authorization"] = "Bearer " .. args[1] })
end
function request() return line end
