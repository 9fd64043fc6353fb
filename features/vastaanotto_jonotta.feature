# language: fi
@P13
Ominaisuus: Vastaanotto jonotta
  Asia otetaan hoitoon ensimmäisestä yhteydenotosta, ja hoitotakuu lasketaan siitä iästä, joka on arvion päivänä.

  Tausta:
    Oletetaan polku "Vastaanotto jonotta"
    Ja yksikkö "Kallion terveysasema" antaa palvelulupauksen
    Ja yksikön "Kallion terveysasema" väki on
      | nimi          | ammatti        | osaaminen | tehtävä       |
      | Aino Laine    | Sairaanhoitaja |           |               |
      | Olli Saari    | Lääkäri        |           |               |
      | Liisa Korpela | Sairaanhoitaja |           | esihenkilö    |
      | Heli Ranta    | Sairaanhoitaja |           | vastuuhenkilö |

  @S01 @D-10 @D-13
  Tapaus: Käsittely alkaa ja hoidon tarve arvioidaan samana päivänä
    Oletetaan asiakas "Oona Virta", 35 v
    Kun asiakas "Oona Virta" lähettää viestin ti 1.12.2026 klo 9.12
    Niin tavoite "Ensimmäinen teko kahdessa palvelutunnissa" päättyy ti 1.12.2026 klo 11.12
    Kun "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu" klo 10.05
    Ja "Aino Laine" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Hoitajan vastaanotolle"
    Niin lupaus "Käsittely alkaa samana päivänä" on pidetty, kesto 53 minuuttia
    Ja määräaika "Hoidon tarve arvioidaan samana päivänä" on pidetty
    Ja määräaika "23 vuotta täyttänyt saa hoitoa kolmessa kuukaudessa" päättyy ma 1.3.2027 klo 24.00

  @D-10
  Tapaus: Soittoyritys aloittaa käsittelyn, mutta ei ole arvio
    Oletetaan asiakas "Oona Virta", 35 v
    Kun asiakas "Oona Virta" lähettää viestin ti 1.12.2026 klo 9.12
    Ja "Aino Laine" yrittää tavoittaa asiakkaan "Oona Virta" klo 10.00
    Niin lupaus "Käsittely alkaa samana päivänä" on pidetty
    Ja määräaika "Hoidon tarve arvioidaan samana päivänä" on yhä käynnissä
    Kun "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Ei vastannut, tekstiviesti lähetetty" klo 15.00
    Niin askel "Odotetaan asiakkaan yhteyttä" on avoinna
    Ja määräaika "Hoidon tarve arvioidaan samana päivänä" on yhä käynnissä

  @S08 @D-11
  Tapaus: Hoitotakuun 14 päivää kestää yli 23-vuotispäivän
    Oletetaan asiakas "Kaisa Holm", syntynyt 12.1.2004
    Kun asiakas "Kaisa Holm" soittaa ja "Aino Laine" vastaa ti 5.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Hoitajan vastaanotolle"
    Ja kukaan ei tee mitään ma 18.1. klo 9.00 mennessä
    Niin määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" päättyy ti 19.1.2027 klo 24.00
    Ja "Liisa Korpela" saa hälytyksen: määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa"
    Ja määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" ei ole ylittynyt

  @S09 @D-12
  Tapaus: Hoitajalta lääkärille seitsemässä päivässä
    Oletetaan asiakas "Aaro Pelto", 20 v
    Kun asiakas "Aaro Pelto" soittaa ja "Aino Laine" vastaa ke 13.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Hoitajan vastaanotolle"
    Ja "Aino Laine" päättää askeleen "Hoitajan vastaanotto" tulokseen "Lääkärin arvio tarvitaan"
    Niin määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" on pidetty
    Ja määräaika "Alle 23-vuotias pääsee lääkärille 7 vuorokaudessa" päättyy ke 20.1.2027 klo 24.00
    Kun "Olli Saari" päättää askeleen "Lääkärin vastaanotto" tulokseen "Asiakas ei saapunut" ma 18.1. klo 15.00
    Niin määräaika "Alle 23-vuotias pääsee lääkärille 7 vuorokaudessa" on yhä käynnissä
    Kun "Olli Saari" päättää askeleen "Lääkärin vastaanotto" tulokseen "Hoidettu" ke 20.1. klo 15.00
    Niin määräaika "Alle 23-vuotias pääsee lääkärille 7 vuorokaudessa" on pidetty

  @D-13
  Tapaus: Pelkkä todistus ei käynnistä 14 päivän hoitotakuuta, todettu vaiva käynnistää
    Oletetaan asiakas "Aaro Pelto", 20 v
    Kun asiakas "Aaro Pelto" soittaa ja "Aino Laine" vastaa ke 13.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Todistus tai lausunto"
    Niin määräaika "Suunniteltu hoito tai todistus kolmessa kuukaudessa" päättyy ti 13.4.2027 klo 24.00
    Ja määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" ei ole alkanut
    Kun "Olli Saari" päättää askeleen "Todistus tai lausunto" tulokseen "Tarvitaan käynti" ma 18.1. klo 9.00
    Niin määräaika "Alle 23-vuotias saa hoitoa 14 vuorokaudessa" päättyy ma 1.2.2027 klo 24.00

  Tapaus: Viidennen päivän koittaessa esihenkilö avaa uuden ajan, viikonloppua odottamatta
    Oletetaan asiakas "Oona Virta", 35 v
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Hoitajan vastaanotolle"
    Ja kukaan ei tee mitään pe 15.1. klo 12.00 mennessä
    Niin "Liisa Korpela" saa hälytyksen: lupaus "Tarvittaessa palvelu alkaa viikon sisällä"
    Ja "Liisa Korpela" saa ohjeen "Avaa tiimille uusi aika"
