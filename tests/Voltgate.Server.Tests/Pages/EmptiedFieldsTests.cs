using Microsoft.Playwright;

namespace Voltgate.Server.Tests.Pages;

/// <summary>What an operator empties in a form is gone afterwards: the form's "Saved" is no lie.</summary>
public sealed class EmptiedFieldsTests
{
    [Fact]
    public async Task What_is_emptied_of_a_driver_a_card_and_a_webhook_is_gone()
    {
        await using var visit = await Visit.Begin();
        var driver = await visit.Api.Make("/users", """
            {"firstname":"Ada","lastname":"Byron","email":"ada@example.com","phone":{"mobile":"+491701","home":"+4930"}}
            """);
        var card = await visit.Api.Make(
            "/tokens", $$"""{"physicalId":"04A1","user":"{{driver}}","group":"FLEET","type":"ISO14443"}""");
        var hook = await visit.Api.Make("/webhooks", """
            {"url":"http://127.0.0.1:9099/x","events":["*"],"alert_email":"a@example.com","description":"Old"}
            """);

        await visit.Goto("/drivers/" + driver);
        await visit.Press("Edit");
        await visit.Fill("First name", "");
        await visit.Fill("E-mail", "");
        await visit.Fill("Mobile phone", "");
        await visit.Submit("Save");
        await visit.Goto("/cards");
        await visit.Press("04A1");
        await visit.Fill("Group", "");
        await visit.Submit("Save");
        await visit.Goto("/webhooks/" + hook);
        await visit.Press("Edit");
        await visit.Fill("Description", "");
        await visit.Fill("Tell by e-mail when it is switched off", "");
        await visit.Submit("Save");

        var person = (await visit.Api.Get("/users/" + driver)).MustBe(200).Result;
        Assert.Equal("", (string?)person["firstname"] ?? "");
        Assert.Null(person["email"]);
        Assert.Null(person["phone"]!["mobile"]);
        Assert.Equal("+4930", (string?)person["phone"]!["home"]);
        Assert.Null((await visit.Api.Get("/tokens/" + card)).MustBe(200).Result["group"]);
        var kept = (await visit.Api.Get("/webhooks/" + hook)).MustBe(200).Result;
        Assert.Null(kept["alert_email"]);
        Assert.Equal("", (string?)kept["description"] ?? "");
        visit.MustBeCalm();
    }

    [Fact]
    public async Task What_is_emptied_of_a_rate_and_a_location_is_gone()
    {
        await using var visit = await Visit.Begin();
        var rate = await visit.Api.Make("/rates", """
            {"name":"R","currency":"EUR","price_components":[{"type":"ENERGY","price":0.5}],
             "minimum_amount":1,"maximum_amount":50}
            """);
        var location = await visit.Api.Make("/locations", """
            {"name":"Yard","timezone":"Europe/Berlin","operatorName":"Old","address":{"city":"Ulm","country":"DE"},
             "openingHours":{"1":[{"startTime":"08:00","endTime":"20:00"}]}}
            """);

        await visit.Goto("/rates/" + rate);
        await visit.Press("Edit");
        await visit.Fill("At most", "");
        await visit.Submit("Save");
        await visit.Sees("Version 2");
        await visit.Goto("/locations/" + location);
        await visit.Fill("City", "");
        await visit.Fill("Operator", "");
        await visit.Switch("Always open", true);
        await visit.Press("Save");
        await visit.Sees("Saved");

        var priced = (await visit.Api.Get("/rates/" + rate)).MustBe(200).Result;
        Assert.Null(priced["maximum_amount"]);
        Assert.Equal(1m, (decimal)priced["minimum_amount"]!);
        var place = (await visit.Api.Get("/locations/" + location)).MustBe(200).Result;
        Assert.Null(place["openingHours"]);
        Assert.Null(place["operatorName"]);
        Assert.Equal("""{"country":"DE"}""", place["address"]!.ToJsonString());
        visit.MustBeCalm();
    }
}
