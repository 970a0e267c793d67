using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Voltgate.Server.Api;

/// <summary>Describes what a route answers: when it is done and when it refuses, each with an example.</summary>
internal sealed class AnswerWriter(OpenApiDocument document, ApiRoute route)
{
    private bool IsList => route.IsList || route.List is not null;

    /// <summary>A POST on a collection; what stands under one object is a command, unless it says otherwise.</summary>
    private bool IsCreate => route.Creates
        ?? (route.Verb == "POST" && !route.Open && !route.Path.Contains('}', StringComparison.Ordinal));

    public OpenApiResponses Write(IOpenApiSchema? answer)
    {
        var responses = new OpenApiResponses();
        responses[IsCreate ? "201" : "200"] = new OpenApiResponse { Description = "Done", Content = Content(answer) };
        foreach (var status in OperationRefusals.Of(route).GroupBy(r => r.Status).OrderBy(g => g.Key))
            responses[status.Key.ToString()] =
                Refused([.. status.Select(r => r.Code).Distinct(StringComparer.Ordinal)]);
        return responses;
    }

    private OpenApiResponse Refused(string[] codes) => new()
    {
        Description = string.Join(", ", codes),
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            ["application/json"] = new OpenApiMediaType
            {
                Schema = new OpenApiSchemaReference("Failure", document),
                Examples = codes.ToDictionary(c => c, c => (IOpenApiExample)new OpenApiExampleReference(c, document)),
            },
        },
    };

    private Dictionary<string, OpenApiMediaType> Content(IOpenApiSchema? answer) => route switch
    {
        { Streams: true } => TextAs("text/event-stream", route.TextSample),
        { Downloads: { } type } => TextAs(type, route.TextSample),
        _ => new(StringComparer.Ordinal)
        {
            ["application/json"] = new OpenApiMediaType { Schema = Frame(answer), Example = Example() },
        },
    };

    private OpenApiSchema Frame(IOpenApiSchema? answer)
    {
        if (IsList) return Frames.List(answer);
        var frame = Frames.Success(answer);
        if (!route.RepeatsAtRoot || answer?.Properties is not { } fields) return frame;
        foreach (var (name, schema) in fields) frame.Properties![name] = schema;
        frame.Required!.UnionWith(fields.Keys);
        return frame;
    }

    private JsonObject Example()
    {
        var result = Result();
        var example = new JsonObject { ["ok"] = true, ["message"] = IsList ? "1 of 1" : "Done" };
        example["result"] = IsList ? new JsonArray(result) : result;
        if (IsList)
        {
            (example["hasNext"], example["hasPrevious"]) = (false, false);
            (example["total"], example["page"], example["limit"]) = (1, 1, 20);
        }

        if (route.RepeatsAtRoot)
            foreach (var (name, value) in (JsonObject)result!) example[name] = value!.DeepClone();
        return example;
    }

    private JsonNode? Result()
    {
        if (route.ActionType is { } type)
        {
            var data = (route.Body ?? route.Query) is { } shape ? ShapeExamples.Of(shape) : [];
            return JsonNode.Parse(Resources.StationJson.Write(ChargingSamples.ActionOf(type, data.ToJsonString())));
        }

        return route.Answer is { } record ? Samples.Of(record, route.Fresh || IsCreate) : null;
    }

    /// <summary>What is no JSON: a stream, a file.</summary>
    public static Dictionary<string, OpenApiMediaType> TextAs(string type, string? example) => new()
    {
        [type] = new()
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String, Format = type == Download.AnyBytes ? "binary" : null,
            },
            Example = example,
        },
    };
}
